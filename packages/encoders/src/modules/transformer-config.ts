/** What the configurations of all transformer encoders say, by the names that BERT gave them, and what follows from it. */
import type { ConfigFields } from '../checkpoint/config-fields.ts';
import type { BuildOptions, EncoderConfig } from '../family.ts';
import { activations, type Activation } from './feed-forward.ts';
import type { NormedEmbeddingsArgs } from './normed-embeddings.ts';
import type { PostNormLayerArgs } from './post-norm-layer.ts';

export interface TransformerConfig extends EncoderConfig {
  numAttentionHeads: number;
  intermediateSize: number;
  hiddenAct: Activation;
  hiddenDropoutProb: number;
  attentionProbsDropoutProb: number;
  maxPositionEmbeddings: number;
  layerNormEps: number;
}

/** For fields that are absent; what all families agree on is not among them. */
export interface TransformerDefaults {
  hiddenAct: Activation;
  /** Of features and of attention weights. */
  dropout: number;
  padTokenId: number;
}

/**
 * The sizes must be there; other absent fields take the family's defaults.
 *
 * @throws if a field is absent, of the wrong type, not supported, or contradicts another
 */
export function parseTransformerConfig(
  fields: ConfigFields,
  modelTypes: readonly string[],
  { hiddenAct, dropout, padTokenId }: TransformerDefaults,
): TransformerConfig {
  refuseOtherForms(fields);
  const config: TransformerConfig = {
    modelType: fields.oneOf('model_type', modelTypes),
    vocabSize: fields.whole('vocab_size', 1),
    hiddenSize: fields.whole('hidden_size', 1),
    numHiddenLayers: fields.whole('num_hidden_layers', 1),
    numAttentionHeads: fields.whole('num_attention_heads', 1),
    intermediateSize: fields.whole('intermediate_size', 1),
    hiddenAct: fields.oneOf('hidden_act', activations, hiddenAct),
    hiddenDropoutProb: fields.share('hidden_dropout_prob', dropout),
    attentionProbsDropoutProb: fields.share('attention_probs_dropout_prob', dropout),
    maxPositionEmbeddings: fields.whole('max_position_embeddings', 1, 512),
    layerNormEps: fields.share('layer_norm_eps', 1e-12),
    padTokenId: fields.whole('pad_token_id', 0, padTokenId),
  };
  checkHeads(fields, config, 'hidden_size', 'num_attention_heads');
  return config;
}

/** @throws if the heads do not divide the hidden size; the names are those of the fields */
export function checkHeads(
  fields: ConfigFields,
  { hiddenSize, numAttentionHeads }: TransformerConfig,
  size: string,
  heads: string,
): void {
  if (hiddenSize % numAttentionHeads !== 0)
    throw fields.error(`"${size}" ${hiddenSize} is not a multiple of "${heads}" ${numAttentionHeads}`);
}

/** @throws for decoders, relative positions, and heads that were cut out, which any of the families may name */
export function refuseOtherForms(fields: ConfigFields): void {
  fields.oneOf('position_embedding_type', ['absolute'], 'absolute');
  for (const name of ['is_decoder', 'add_cross_attention', 'is_encoder_decoder'])
    fields.only(name, false, 'only encoders are supported');
  fields.empty('pruned_heads', 'layers of fewer heads are not supported');
}

/** What every layer of an encoder is built with. */
export function layerArgs(
  config: TransformerConfig,
  { dropout, initializerRange }: BuildOptions,
): Omit<PostNormLayerArgs, 'name' | 'depth'> & { count: number } {
  const { hiddenSize, numAttentionHeads, intermediateSize, hiddenAct, layerNormEps } = config;
  const hiddenDropout = dropout ?? config.hiddenDropoutProb;
  return {
    count: config.numHiddenLayers,
    hiddenSize,
    numAttentionHeads,
    intermediateSize,
    hiddenAct,
    layerNormEps,
    attentionDropout: dropout ?? config.attentionProbsDropoutProb,
    attendedDropout: hiddenDropout,
    outputDropout: hiddenDropout,
    initializerRange,
  };
}

/** What an encoder's embedding layer is built with. */
export function embeddingArgs(
  config: TransformerConfig,
  { dropout, initializerRange }: BuildOptions,
): NormedEmbeddingsArgs {
  const { vocabSize, hiddenSize, maxPositionEmbeddings, layerNormEps, hiddenDropoutProb } = config;
  return {
    name: 'embeddings',
    vocabSize,
    size: hiddenSize,
    maxPositionEmbeddings,
    layerNormEps,
    dropout: dropout ?? hiddenDropoutProb,
    initializerRange,
  };
}
