/** The DistilBERT encoder (Sanh et al. 2019) as a functional tfjs model of its layers, which are BERT's. */
import type { tf } from '@foldwise/tensorflow';
import type { BuildOptions } from '../family.ts';
import { stackLayers } from '../modules/encoder-layer.ts';
import { hiddenStatesModel, tokenInputs } from '../modules/hidden-states-model.ts';
import { embeddingArgs, layerArgs, type TransformerConfig } from '../modules/transformer-config.ts';
import { DistilBertEmbeddings } from './distilbert-embeddings.ts';

/** Inputs and outputs are those of every `EncoderFamily`. */
export function distilBertEncoder(config: TransformerConfig, options: BuildOptions = {}): tf.LayersModel {
  const inputs = tokenInputs();
  const embeddings = new DistilBertEmbeddings(embeddingArgs(config, options));
  const embedded = embeddings.apply(inputs.tokens) as tf.SymbolicTensor;
  // What attention gives is not dropped.
  const args = { ...layerArgs(config, options), attendedDropout: 0 };
  return hiddenStatesModel(inputs, stackLayers(embedded, inputs.mask, args));
}
