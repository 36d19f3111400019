/** Which tensors of an MPNet checkpoint each weight of the encoder comes from, and goes back to. */
import { tensorSource, type CheckpointMap } from '../checkpoint/checkpoint-map.ts';
import { embeddingSources } from '../modules/embedding-sources.ts';
import { stackSources, type LayerNames } from '../modules/layer-sources.ts';
import type { MpnetConfig } from './config.ts';

const layerNames: LayerNames = {
  query: 'attention.attn.q',
  key: 'attention.attn.k',
  value: 'attention.attn.v',
  attentionOutput: 'attention.attn.o',
  attentionNorm: 'attention.LayerNorm',
  intermediate: 'intermediate.dense',
  output: 'output.dense',
  outputNorm: 'output.LayerNorm',
};

/** Every weight of `mpnetEncoder(config)`, by the names of transformers' MPNetModel. */
export function mpnetWeights(config: MpnetConfig): CheckpointMap {
  const { relativeAttentionNumBuckets: buckets, numAttentionHeads: heads } = config;
  const bias = 'relative_attention_bias';
  return {
    prefix: 'mpnet.',
    pooler: 'pooler.dense',
    weights: [
      ...embeddingSources(config, config.hiddenSize, 'lm_head.decoder.weight'),
      tensorSource(`relative_positions/${bias}`, `encoder.${bias}.weight`, [buckets, heads]),
      ...stackSources('encoder.layer', config, layerNames),
    ],
  };
}
