/** BERT's config.json as a typed configuration; follows transformers' BertConfig, and leaves out decoders. */
import type { ConfigFields } from '../checkpoint/config-fields.ts';
import type { EncoderConfig } from '../family.ts';
import { activations, type Activation } from '../modules/feed-forward.ts';

export interface BertConfig extends EncoderConfig {
  numAttentionHeads: number;
  intermediateSize: number;
  hiddenAct: Activation;
  hiddenDropoutProb: number;
  attentionProbsDropoutProb: number;
  maxPositionEmbeddings: number;
  typeVocabSize: number;
  layerNormEps: number;
}

/**
 * Absent fields other than the sizes take the defaults of transformers' BertConfig.
 *
 * @throws if a field is absent, of the wrong type, not supported, or contradicts another
 */
export function parseBertConfig(fields: ConfigFields): BertConfig {
  fields.oneOf('position_embedding_type', ['absolute'], 'absolute');
  fields.only('is_decoder', false, 'only encoders are supported');
  const config: BertConfig = {
    modelType: 'bert',
    vocabSize: fields.whole('vocab_size', 1),
    hiddenSize: fields.whole('hidden_size', 1),
    numHiddenLayers: fields.whole('num_hidden_layers', 1),
    numAttentionHeads: fields.whole('num_attention_heads', 1),
    intermediateSize: fields.whole('intermediate_size', 1),
    hiddenAct: fields.oneOf('hidden_act', activations, 'gelu'),
    hiddenDropoutProb: fields.share('hidden_dropout_prob', 0.1),
    attentionProbsDropoutProb: fields.share('attention_probs_dropout_prob', 0.1),
    maxPositionEmbeddings: fields.whole('max_position_embeddings', 1, 512),
    typeVocabSize: fields.whole('type_vocab_size', 1, 2),
    layerNormEps: fields.share('layer_norm_eps', 1e-12),
    padTokenId: fields.whole('pad_token_id', 0, 0),
  };
  if (config.hiddenSize % config.numAttentionHeads !== 0)
    throw fields.error(
      `"hidden_size" ${config.hiddenSize} is not a multiple of "num_attention_heads" ${config.numAttentionHeads}`,
    );
  return config;
}
