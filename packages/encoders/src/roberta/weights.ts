/** Which tensors of a RoBERTa checkpoint each weight of the encoder comes from, and goes back to. */
import type { CheckpointMap } from '../checkpoint/checkpoint-map.ts';
import { embeddingSources } from '../modules/embedding-sources.ts';
import { stackSources } from '../modules/layer-sources.ts';
import type { RobertaConfig } from './config.ts';

/** Every weight of `robertaEncoder(config)`, by the names of transformers' RobertaModel. */
export function robertaWeights(config: RobertaConfig): CheckpointMap {
  return {
    prefix: 'roberta.',
    pooler: 'pooler.dense',
    weights: [
      ...embeddingSources(config, config.hiddenSize, 'lm_head.decoder.weight'),
      ...stackSources('encoder.layer', config),
    ],
  };
}
