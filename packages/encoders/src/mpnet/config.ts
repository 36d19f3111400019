/** MPNet's config.json as a typed configuration; follows transformers' MPNetConfig. */
import type { ConfigFields } from '../checkpoint/config-fields.ts';
import { maxOffsetTokens } from '../modules/offset-positions.ts';
import { parseTransformerConfig, type TransformerConfig } from '../modules/transformer-config.ts';
import { bucketCount } from './relative-positions.ts';

export interface MpnetConfig extends TransformerConfig {
  /** Rows of the table of relative positions, of which transformers reads the first 32, whatever this says. */
  relativeAttentionNumBuckets: number;
}

/** The token that positions do not count. transformers takes this one, whatever `pad_token_id` says. */
export const paddingId = 1;

/**
 * Absent fields other than the sizes take the defaults of transformers' MPNetConfig.
 *
 * @throws if a field is absent, of the wrong type, not supported, or contradicts another
 */
export function parseMpnetConfig(fields: ConfigFields): MpnetConfig {
  const defaults = { hiddenAct: 'gelu', dropout: 0.1, padTokenId: 1 } as const;
  const config = parseTransformerConfig(fields, ['mpnet'], defaults);
  if (maxOffsetTokens(config.maxPositionEmbeddings, paddingId) < 1)
    throw fields.error(
      `"max_position_embeddings" ${config.maxPositionEmbeddings} leaves no position behind the padding's, ${paddingId}`,
    );
  const name = 'relative_attention_num_buckets';
  return { ...config, relativeAttentionNumBuckets: fields.whole(name, bucketCount, bucketCount) };
}
