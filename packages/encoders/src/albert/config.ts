/** ALBERT's config.json as a typed configuration; follows transformers' AlbertConfig. */
import type { ConfigFields } from '../checkpoint/config-fields.ts';
import { parseTransformerConfig, type TransformerConfig } from '../modules/transformer-config.ts';

/** `numHiddenLayers` counts applications: a group of several layers is several. */
export interface AlbertConfig extends TransformerConfig {
  typeVocabSize: number;
  /** Of words, positions and types, which are projected to the hidden size always. */
  embeddingSize: number;
  /** Each is a layer's weights, or several layers', for some of the applications in turn. */
  numHiddenGroups: number;
  /** Layers in a group, each with weights of its own. */
  innerGroupNum: number;
}

/**
 * Absent fields other than the sizes take the defaults of transformers' AlbertConfig.
 *
 * @throws if a field is absent, of the wrong type, not supported, or contradicts another
 */
export function parseAlbertConfig(fields: ConfigFields): AlbertConfig {
  const defaults = { hiddenAct: 'gelu_new', dropout: 0, padTokenId: 0 } as const;
  const config = parseTransformerConfig(fields, ['albert'], defaults);
  const innerGroupNum = fields.whole('inner_group_num', 1, 1);
  return {
    ...config,
    numHiddenLayers: config.numHiddenLayers * innerGroupNum,
    typeVocabSize: fields.whole('type_vocab_size', 1, 2),
    embeddingSize: fields.whole('embedding_size', 1, 128),
    numHiddenGroups: fields.whole('num_hidden_groups', 1, 1),
    innerGroupNum,
  };
}
