/**
 * The ELECTRA encoder (Clark et al. 2020) as a functional tfjs model of its layers: BERT's, but embeddings may be smaller
 * than hidden states. Discriminators and generators alike; the heads of their pre-training are left out.
 */
import type { tf } from '@foldwise/tensorflow';
import type { BuildOptions } from '../family.ts';
import { stackLayers } from '../modules/encoder-layer.ts';
import { hiddenStatesModel, tokenInputs } from '../modules/hidden-states-model.ts';
import { Projection } from '../modules/projection.ts';
import { embeddingArgs, layerArgs } from '../modules/transformer-config.ts';
import { TypedEmbeddings } from '../modules/typed-embeddings.ts';
import type { ElectraConfig } from './config.ts';

/** Inputs and outputs are those of every `EncoderFamily`. */
export function electraEncoder(config: ElectraConfig, options: BuildOptions = {}): tf.LayersModel {
  const { typeVocabSize, embeddingSize: size, hiddenSize } = config;
  const inputs = tokenInputs(options.types);
  const embeddings = new TypedEmbeddings({ ...embeddingArgs(config, options), size, typeVocabSize });
  let embedded = embeddings.apply(inputs.tokens) as tf.SymbolicTensor;
  if (size !== hiddenSize) {
    const { initializerRange } = options;
    const projection = new Projection({ name: 'projection', inputSize: size, hiddenSize, initializerRange });
    embedded = projection.apply(embedded) as tf.SymbolicTensor;
  }
  return hiddenStatesModel(inputs, stackLayers(embedded, inputs.mask, layerArgs(config, options)));
}
