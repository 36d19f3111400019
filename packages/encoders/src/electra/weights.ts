/** Which tensors of an ELECTRA checkpoint each weight of the encoder comes from, and goes back to. */
import { linearSources, type CheckpointMap } from '../checkpoint/checkpoint-map.ts';
import { embeddingSources } from '../modules/embedding-sources.ts';
import { stackSources } from '../modules/layer-sources.ts';
import type { ElectraConfig } from './config.ts';

/** Every weight of `electraEncoder(config)`, by the names of transformers' ElectraModel. */
export function electraWeights(config: ElectraConfig): CheckpointMap {
  const { embeddingSize, hiddenSize } = config;
  const projection = linearSources('projection/linear', ['embeddings_project'], hiddenSize, embeddingSize);
  return {
    prefix: 'electra.',
    weights: [
      ...embeddingSources(config, embeddingSize, 'generator_lm_head.weight'),
      ...(embeddingSize === hiddenSize ? [] : projection),
      ...stackSources('encoder.layer', config),
    ],
  };
}
