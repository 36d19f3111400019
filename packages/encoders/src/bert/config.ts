/** BERT's config.json as a typed configuration; follows transformers' BertConfig, and leaves out decoders. */
import type { ConfigFields } from '../checkpoint/config-fields.ts';
import { parseTransformerConfig, type TransformerConfig } from '../modules/transformer-config.ts';

export interface BertConfig extends TransformerConfig {
  typeVocabSize: number;
}

/**
 * Absent fields other than the sizes take the defaults of transformers' BertConfig.
 *
 * @throws if a field is absent, of the wrong type, not supported, or contradicts another
 */
export function parseBertConfig(fields: ConfigFields): BertConfig {
  const defaults = { hiddenAct: 'gelu', dropout: 0.1, padTokenId: 0 } as const;
  return {
    ...parseTransformerConfig(fields, ['bert'], defaults),
    typeVocabSize: fields.whole('type_vocab_size', 1, 2),
  };
}
