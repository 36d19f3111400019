/** The RoBERTa encoder (Liu et al. 2019) as a functional tfjs model of its layers, which are BERT's but for positions. */
import type { tf } from '@foldwise/tensorflow';
import type { BuildOptions } from '../family.ts';
import { stackLayers } from '../modules/encoder-layer.ts';
import { hiddenStatesModel, tokenInputs } from '../modules/hidden-states-model.ts';
import { embeddingArgs, layerArgs } from '../modules/transformer-config.ts';
import type { RobertaConfig } from './config.ts';
import { RobertaEmbeddings } from './roberta-embeddings.ts';

/** Inputs and outputs are those of every `EncoderFamily`. */
export function robertaEncoder(config: RobertaConfig, options: BuildOptions = {}): tf.LayersModel {
  const inputs = tokenInputs(options.types);
  const { typeVocabSize, padTokenId } = config;
  const embeddings = new RobertaEmbeddings({ ...embeddingArgs(config, options), typeVocabSize, padTokenId });
  const embedded = embeddings.apply(inputs.tokens) as tf.SymbolicTensor;
  return hiddenStatesModel(inputs, stackLayers(embedded, inputs.mask, layerArgs(config, options)));
}
