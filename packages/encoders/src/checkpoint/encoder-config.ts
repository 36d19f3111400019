/** A checkpoint's config.json as a typed configuration; follows transformers' BertConfig, and leaves out decoders. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const modelTypes = ['bert'] as const;
const activations = ['gelu', 'gelu_new', 'gelu_pytorch_tanh', 'relu'] as const;

/** What it takes to build an encoder of the BERT family. Sizes count features, tokens or layers. */
export interface EncoderConfig {
  modelType: (typeof modelTypes)[number];
  vocabSize: number;
  hiddenSize: number;
  numHiddenLayers: number;
  numAttentionHeads: number;
  intermediateSize: number;
  hiddenAct: (typeof activations)[number];
  hiddenDropoutProb: number;
  attentionProbsDropoutProb: number;
  maxPositionEmbeddings: number;
  typeVocabSize: number;
  layerNormEps: number;
  padTokenId: number;
}

/**
 * Reads `config.json` of a checkpoint's folder.
 *
 * @throws if it is missing, is not JSON, or describes a model that is not supported
 */
export async function readEncoderConfig(folder: string): Promise<EncoderConfig> {
  const file = join(folder, 'config.json');
  const text = await readFile(file, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  return parseEncoderConfig(json, file);
}

/**
 * Turns the contents of a `config.json` into a configuration. Absent fields other than the sizes take
 * the defaults of transformers' BertConfig.
 *
 * @param file named in errors
 * @throws if the model is not supported, or a field is absent, of the wrong type, or contradicts another
 */
export function parseEncoderConfig(json: unknown, file: string): EncoderConfig {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Error(`${file} holds ${JSON.stringify(json)}, expected a JSON object`);
  }
  const fields = json as Record<string, unknown>;

  const field = (name: string, expected: string, fits: (value: unknown) => boolean, fallback?: unknown) => {
    // Python writes None as null, and reads it as the default too.
    const value = fields[name] ?? fallback;
    if (!fits(value)) {
      const got = value === undefined ? 'it is absent' : `got ${JSON.stringify(value)}`;
      throw new Error(`${file}: "${name}" must be ${expected}; ${got}`);
    }
    return value;
  };
  const whole = (name: string, least: number, fallback?: number) =>
    field(
      name,
      `a whole number from ${least} on`,
      (v) => Number.isSafeInteger(v) && (v as number) >= least,
      fallback,
    ) as number;
  const share = (name: string, fallback: number) =>
    field(
      name,
      'a number from 0 to below 1',
      (v) => typeof v === 'number' && v >= 0 && v < 1,
      fallback,
    ) as number;
  const oneOf = <T extends string>(name: string, known: readonly T[], fallback?: T) =>
    field(name, `one of the supported ${known.join(', ')}`, (v) => known.includes(v as T), fallback) as T;

  const modelType = oneOf('model_type', modelTypes);
  oneOf('position_embedding_type', ['absolute'], 'absolute');
  field('is_decoder', 'false: only encoders are supported', (v) => v === false, false);
  const config: EncoderConfig = {
    modelType,
    vocabSize: whole('vocab_size', 1),
    hiddenSize: whole('hidden_size', 1),
    numHiddenLayers: whole('num_hidden_layers', 1),
    numAttentionHeads: whole('num_attention_heads', 1),
    intermediateSize: whole('intermediate_size', 1),
    hiddenAct: oneOf('hidden_act', activations, 'gelu'),
    hiddenDropoutProb: share('hidden_dropout_prob', 0.1),
    attentionProbsDropoutProb: share('attention_probs_dropout_prob', 0.1),
    maxPositionEmbeddings: whole('max_position_embeddings', 1, 512),
    typeVocabSize: whole('type_vocab_size', 1, 2),
    layerNormEps: share('layer_norm_eps', 1e-12),
    padTokenId: whole('pad_token_id', 0, 0),
  };
  if (config.hiddenSize % config.numAttentionHeads !== 0) {
    throw new Error(
      `${file}: "hidden_size" ${config.hiddenSize} is not a multiple of "num_attention_heads" ${config.numAttentionHeads}`,
    );
  }
  return config;
}
