/** DistilBERT's config.json as a typed configuration; follows transformers' DistilBertConfig, which names things its own way. */
import type { ConfigFields } from '../checkpoint/config-fields.ts';
import { activations } from '../modules/feed-forward.ts';
import { checkHeads, refuseOtherForms, type TransformerConfig } from '../modules/transformer-config.ts';

/**
 * Absent fields other than the sizes take the defaults of transformers' DistilBertConfig. `sinusoidal_pos_embds` says how
 * positions start: a checkpoint brings them, and they train like the others.
 *
 * @throws if a field is absent, of the wrong type, not supported, or contradicts another
 */
export function parseDistilBertConfig(fields: ConfigFields): TransformerConfig {
  refuseOtherForms(fields);
  const config: TransformerConfig = {
    modelType: fields.oneOf('model_type', ['distilbert']),
    vocabSize: fields.whole('vocab_size', 1),
    hiddenSize: aliased(fields, 'dim', 'hidden_size'),
    numHiddenLayers: aliased(fields, 'n_layers', 'num_hidden_layers'),
    numAttentionHeads: aliased(fields, 'n_heads', 'num_attention_heads'),
    intermediateSize: fields.whole('hidden_dim', 1),
    hiddenAct: fields.oneOf('activation', activations, 'gelu'),
    hiddenDropoutProb: fields.share('dropout', 0.1),
    attentionProbsDropoutProb: fields.share('attention_dropout', 0.1),
    maxPositionEmbeddings: fields.whole('max_position_embeddings', 1, 512),
    layerNormEps: 1e-12,
    padTokenId: fields.whole('pad_token_id', 0, 0),
  };
  checkHeads(fields, config, 'dim', 'n_heads');
  return config;
}

/** transformers reads these sizes by either name. */
function aliased(fields: ConfigFields, name: string, alias: string): number {
  const value = fields.whole(name, 1);
  const other = fields.whole(alias, 1, value);
  if (other !== value)
    throw fields.error(`"${name}" is ${value}, but "${alias}", its other name, is ${other}`);
  return value;
}
