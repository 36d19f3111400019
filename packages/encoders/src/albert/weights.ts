/** Which tensors of an ALBERT checkpoint each weight of the encoder comes from, and goes back to. */
import { linearSources, type CheckpointMap } from '../checkpoint/checkpoint-map.ts';
import { embeddingSources } from '../modules/embedding-sources.ts';
import { layerSources, type LayerNames } from '../modules/layer-sources.ts';
import type { AlbertConfig } from './config.ts';
import { sharedLayers } from './shared-layers.ts';

const layerNames: LayerNames = {
  query: 'attention.query',
  key: 'attention.key',
  value: 'attention.value',
  attentionOutput: 'attention.dense',
  attentionNorm: 'attention.LayerNorm',
  intermediate: 'ffn',
  output: 'ffn_output',
  outputNorm: 'full_layer_layer_norm',
};

/** Every weight of `albertEncoder(config)`, by the names of transformers' AlbertModel. */
export function albertWeights(config: AlbertConfig): CheckpointMap {
  const { embeddingSize, hiddenSize } = config;
  const projection = ['encoder.embedding_hidden_mapping_in'];
  return {
    prefix: 'albert.',
    pooler: 'pooler',
    weights: [
      ...embeddingSources(config, embeddingSize, 'predictions.decoder.weight'),
      ...linearSources('projection/linear', projection, hiddenSize, embeddingSize),
      ...sharedLayers(config).flatMap(({ name, tensor }) => layerSources(name, tensor, layerNames, config)),
    ],
  };
}
