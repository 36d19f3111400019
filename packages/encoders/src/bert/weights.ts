/** Which tensors of a BERT checkpoint each weight of the encoder comes from, and goes back to. */
import type { CheckpointMap } from '../checkpoint/checkpoint-map.ts';
import { embeddingSources } from '../modules/embedding-sources.ts';
import { stackSources } from '../modules/layer-sources.ts';
import type { BertConfig } from './config.ts';

/** Every weight of `bertEncoder(config)`, by the names of transformers' BertModel. */
export function bertWeights(config: BertConfig): CheckpointMap {
  return {
    prefix: 'bert.',
    pooler: 'pooler.dense',
    weights: [
      ...embeddingSources(config, config.hiddenSize, 'cls.predictions.decoder.weight'),
      ...stackSources('encoder.layer', config),
    ],
  };
}
