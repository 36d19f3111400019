/** The MPNet encoder (Song et al. 2020) as a functional tfjs model of its layers. */
import type { tf } from '@foldwise/tensorflow';
import type { BuildOptions } from '../family.ts';
import { hiddenStatesModel, tokenInputs } from '../modules/hidden-states-model.ts';
import { embeddingArgs, layerArgs } from '../modules/transformer-config.ts';
import type { MpnetConfig } from './config.ts';
import { MpnetEmbeddings } from './mpnet-embeddings.ts';
import { MpnetLayer } from './mpnet-layer.ts';
import { RelativePositions } from './relative-positions.ts';

/** Inputs and outputs are those of every `EncoderFamily`. */
export function mpnetEncoder(config: MpnetConfig, options: BuildOptions = {}): tf.LayersModel {
  const inputs = tokenInputs();
  const { mask } = inputs;
  const embeddings = new MpnetEmbeddings(embeddingArgs(config, options));
  const positions = new RelativePositions({
    name: 'relative_positions',
    heads: config.numAttentionHeads,
    buckets: config.relativeAttentionNumBuckets,
    initializerRange: options.initializerRange,
  });
  const bias = positions.apply(mask) as tf.SymbolicTensor;
  const hiddenStates = [embeddings.apply(inputs.tokens) as tf.SymbolicTensor];
  const { count, ...args } = layerArgs(config, options);
  for (let i = 0; i < count; i++) {
    const layer = new MpnetLayer({ ...args, name: `layer_${i}`, depth: i + 1 });
    hiddenStates.push(layer.apply([hiddenStates.at(-1)!, mask, bias]) as tf.SymbolicTensor);
  }
  return hiddenStatesModel(inputs, hiddenStates);
}
