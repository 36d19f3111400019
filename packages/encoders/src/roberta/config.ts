/** RoBERTa's config.json as a typed configuration; follows transformers' RobertaConfig, and leaves out decoders. */
import type { ConfigFields } from '../checkpoint/config-fields.ts';
import { maxOffsetTokens } from '../modules/offset-positions.ts';
import { parseTransformerConfig, type TransformerConfig } from '../modules/transformer-config.ts';

export interface RobertaConfig extends TransformerConfig {
  /** 1 in all that were published; RoBERTa tells pairs apart by their separators. */
  typeVocabSize: number;
}

/** XLM-RoBERTa and CamemBERT are the same model with other tokenizers. */
export const robertaTypes = ['roberta', 'xlm-roberta', 'camembert'] as const;

/**
 * Absent fields other than the sizes take the defaults of transformers' RobertaConfig.
 *
 * @throws if a field is absent, of the wrong type, not supported, or contradicts another
 */
export function parseRobertaConfig(fields: ConfigFields): RobertaConfig {
  const defaults = { hiddenAct: 'gelu', dropout: 0.1, padTokenId: 1 } as const;
  const config = parseTransformerConfig(fields, robertaTypes, defaults);
  if (maxOffsetTokens(config.maxPositionEmbeddings, config.padTokenId) < 1)
    throw fields.error(
      `"max_position_embeddings" ${config.maxPositionEmbeddings} leaves no position behind "pad_token_id" ${config.padTokenId}`,
    );
  return { ...config, typeVocabSize: fields.whole('type_vocab_size', 1, 2) };
}
