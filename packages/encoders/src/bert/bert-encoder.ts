/** The BERT encoder (Devlin et al. 2019) as a functional tfjs model of its layers. */
import { tf } from '@foldwise/tensorflow';
import type { EncoderConfig } from '../checkpoint/encoder-config.ts';
import { BertEmbeddings } from './bert-embeddings.ts';
import { BertLayer } from './bert-layer.ts';
import { PaddedStates } from './padded-states.ts';

export interface BertEncoderOptions {
  /** Replaces the configuration's dropout, of features and of attention weights alike. */
  dropout?: number;
  /** Standard deviation of the weights' start; 0 where a checkpoint brings them (default 0.02). */
  initializerRange?: number;
}

/**
 * Inputs: token ids int32 [batch, tokens] and attention mask int32 [batch, tokens], 1 for tokens and 0 for padding.
 * Outputs: all hidden states [batch, tokens, hidden], the embeddings first and the last layer last.
 *
 * In `withPackedSequences`, the ids are [1, rows]; mask and outputs are as ever.
 */
export function bertEncoder(
  config: EncoderConfig,
  { dropout, initializerRange }: BertEncoderOptions = {},
): tf.LayersModel {
  const ids = tf.input({ shape: [null], dtype: 'int32', name: 'input_ids' });
  const mask = tf.input({ shape: [null], dtype: 'int32', name: 'attention_mask' });
  const embeddings = new BertEmbeddings({
    name: 'embeddings',
    vocabSize: config.vocabSize,
    hiddenSize: config.hiddenSize,
    maxPositionEmbeddings: config.maxPositionEmbeddings,
    typeVocabSize: config.typeVocabSize,
    layerNormEps: config.layerNormEps,
    dropout: dropout ?? config.hiddenDropoutProb,
    initializerRange,
  });
  const hiddenStates = [embeddings.apply(ids) as tf.SymbolicTensor];
  for (let i = 0; i < config.numHiddenLayers; i++) {
    const layer = new BertLayer({
      name: `layer_${i}`,
      hiddenSize: config.hiddenSize,
      numAttentionHeads: config.numAttentionHeads,
      intermediateSize: config.intermediateSize,
      hiddenAct: config.hiddenAct,
      layerNormEps: config.layerNormEps,
      hiddenDropout: dropout ?? config.hiddenDropoutProb,
      attentionDropout: dropout ?? config.attentionProbsDropoutProb,
      initializerRange,
    });
    hiddenStates.push(layer.apply([hiddenStates.at(-1)!, mask]) as tf.SymbolicTensor);
  }
  const outputs = hiddenStates.map(
    (states, i) => new PaddedStates({ name: `states_${i}` }).apply([states, mask]) as tf.SymbolicTensor,
  );
  return tf.model({ inputs: [ids, mask], outputs, name: 'encoder' });
}
