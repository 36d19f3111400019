/** The BERT encoder (Devlin et al. 2019) as a functional tfjs model of its layers. */
import type { tf } from '@foldwise/tensorflow';
import type { BuildOptions } from '../family.ts';
import { stackLayers } from '../modules/encoder-layer.ts';
import { hiddenStatesModel, tokenInputs } from '../modules/hidden-states-model.ts';
import { embeddingArgs, layerArgs } from '../modules/transformer-config.ts';
import { TypedEmbeddings } from '../modules/typed-embeddings.ts';
import type { BertConfig } from './config.ts';

/** Inputs and outputs are those of every `EncoderFamily`. */
export function bertEncoder(config: BertConfig, options: BuildOptions = {}): tf.LayersModel {
  const inputs = tokenInputs(options.types);
  const { typeVocabSize } = config;
  const embeddings = new TypedEmbeddings({ ...embeddingArgs(config, options), typeVocabSize });
  const embedded = embeddings.apply(inputs.tokens) as tf.SymbolicTensor;
  return hiddenStatesModel(inputs, stackLayers(embedded, inputs.mask, layerArgs(config, options)));
}
