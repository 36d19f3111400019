/** ELECTRA's config.json as a typed configuration; follows transformers' ElectraConfig, and leaves out decoders. */
import type { ConfigFields } from '../checkpoint/config-fields.ts';
import { parseTransformerConfig, type TransformerConfig } from '../modules/transformer-config.ts';

export interface ElectraConfig extends TransformerConfig {
  typeVocabSize: number;
  /** Of words, positions and types; where it is the hidden size, there is no projection. */
  embeddingSize: number;
}

/**
 * Absent fields other than the sizes take the defaults of transformers' ElectraConfig.
 *
 * @throws if a field is absent, of the wrong type, not supported, or contradicts another
 */
export function parseElectraConfig(fields: ConfigFields): ElectraConfig {
  const defaults = { hiddenAct: 'gelu', dropout: 0.1, padTokenId: 0 } as const;
  return {
    ...parseTransformerConfig(fields, ['electra'], defaults),
    typeVocabSize: fields.whole('type_vocab_size', 1, 2),
    embeddingSize: fields.whole('embedding_size', 1, 128),
  };
}
