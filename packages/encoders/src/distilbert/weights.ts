/** Which tensors of a DistilBERT checkpoint each weight of the encoder comes from, and goes back to. */
import type { CheckpointMap } from '../checkpoint/checkpoint-map.ts';
import { embeddingSources } from '../modules/embedding-sources.ts';
import { stackSources, type LayerNames } from '../modules/layer-sources.ts';
import type { TransformerConfig } from '../modules/transformer-config.ts';

const layerNames: LayerNames = {
  query: 'attention.q_lin',
  key: 'attention.k_lin',
  value: 'attention.v_lin',
  attentionOutput: 'attention.out_lin',
  attentionNorm: 'sa_layer_norm',
  intermediate: 'ffn.lin1',
  output: 'ffn.lin2',
  outputNorm: 'output_layer_norm',
};

/** Every weight of `distilBertEncoder(config)`, by the names of transformers' DistilBertModel. */
export function distilBertWeights(config: TransformerConfig): CheckpointMap {
  return {
    prefix: 'distilbert.',
    weights: [
      ...embeddingSources(config, config.hiddenSize, 'vocab_projector.weight'),
      ...stackSources('transformer.layer', config, layerNames),
    ],
  };
}
