/**
 * The ALBERT encoder (Lan et al. 2020) as a functional tfjs model of its layers: BERT's, each applied several times, over
 * projected embeddings. A layer is as deep as its last application, as it trains unless all up to that one are frozen.
 */
import type { tf } from '@foldwise/tensorflow';
import type { BuildOptions } from '../family.ts';
import { hiddenStatesModel, tokenInputs } from '../modules/hidden-states-model.ts';
import { Projection } from '../modules/projection.ts';
import { embeddingArgs, layerArgs } from '../modules/transformer-config.ts';
import { TypedEmbeddings } from '../modules/typed-embeddings.ts';
import { AlbertLayer } from './albert-layer.ts';
import type { AlbertConfig } from './config.ts';
import { sharedLayers } from './shared-layers.ts';

/** Inputs and outputs are those of every `EncoderFamily`. */
export function albertEncoder(config: AlbertConfig, options: BuildOptions = {}): tf.LayersModel {
  const { typeVocabSize, embeddingSize: size, hiddenSize } = config;
  const { initializerRange } = options;
  const inputs = tokenInputs(options.types);
  const embeddings = new TypedEmbeddings({ ...embeddingArgs(config, options), size, typeVocabSize });
  const projection = new Projection({ name: 'projection', inputSize: size, hiddenSize, initializerRange });
  const hiddenStates = [projection.apply(embeddings.apply(inputs.tokens)) as tf.SymbolicTensor];
  // What feed-forward gives is not dropped.
  const { count, ...args } = { ...layerArgs(config, options), outputDropout: 0 };
  const layerOf: AlbertLayer[] = [];
  for (const { name, applications } of sharedLayers(config)) {
    const layer = new AlbertLayer({ ...args, name, depth: applications.at(-1)! });
    for (const application of applications) layerOf[application - 1] = layer;
  }
  for (let i = 0; i < count; i++)
    hiddenStates.push(layerOf[i]!.apply([hiddenStates.at(-1)!, inputs.mask]) as tf.SymbolicTensor);
  return hiddenStatesModel(inputs, hiddenStates);
}
