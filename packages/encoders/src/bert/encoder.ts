/** The BERT encoder (Devlin et al. 2019) as a functional tfjs model of its layers. */
import type { tf } from '@foldwise/tensorflow';
import type { BuildOptions } from '../family.ts';
import { hiddenStatesModel, tokenInputs } from '../modules/hidden-states-model.ts';
import { BertEmbeddings } from './bert-embeddings.ts';
import { BertLayer } from './bert-layer.ts';
import type { BertConfig } from './config.ts';

/** Inputs and outputs are those of every `EncoderFamily`. */
export function bertEncoder(
  config: BertConfig,
  { dropout, initializerRange, types }: BuildOptions = {},
): tf.LayersModel {
  const { hiddenSize, layerNormEps } = config;
  const hiddenDropout = dropout ?? config.hiddenDropoutProb;
  const inputs = tokenInputs(types);
  const embeddings = new BertEmbeddings({
    name: 'embeddings',
    vocabSize: config.vocabSize,
    hiddenSize,
    maxPositionEmbeddings: config.maxPositionEmbeddings,
    typeVocabSize: config.typeVocabSize,
    layerNormEps,
    dropout: hiddenDropout,
    initializerRange,
  });
  const { ids, mask, types: tokenTypes } = inputs;
  const hiddenStates = [embeddings.apply(tokenTypes ? [ids, tokenTypes] : ids) as tf.SymbolicTensor];
  for (let i = 0; i < config.numHiddenLayers; i++) {
    const layer = new BertLayer({
      name: `layer_${i}`,
      depth: i + 1,
      hiddenSize,
      numAttentionHeads: config.numAttentionHeads,
      intermediateSize: config.intermediateSize,
      hiddenAct: config.hiddenAct,
      layerNormEps,
      hiddenDropout,
      attentionDropout: dropout ?? config.attentionProbsDropoutProb,
      initializerRange,
    });
    hiddenStates.push(layer.apply([hiddenStates.at(-1)!, mask]) as tf.SymbolicTensor);
  }
  return hiddenStatesModel(inputs, hiddenStates);
}
