/** What a family of encoders is: how its config.json is read, its model is built, and its checkpoints map to it. */
import type { tf } from '@foldwise/tensorflow';
import type { CheckpointMap } from './checkpoint/checkpoint-map.ts';
import type { ConfigFields } from './checkpoint/config-fields.ts';

/** What the configurations of all families tell. Sizes count features, tokens or layers. */
export interface EncoderConfig {
  /** As in config.json. */
  modelType: string;
  vocabSize: number;
  hiddenSize: number;
  numHiddenLayers: number;
  padTokenId: number;
}

/**
 * The inputs of encoders, in the order in which a model has those that it has: token ids; 1 for tokens and 0 for the
 * padding on their right; and which text of a pair a token is of. Each is int32 [batch, tokens]; in `withPackedSequences`,
 * ids and types are [1, rows].
 */
export const inputNames = ['input_ids', 'attention_mask', 'token_type_ids'] as const;
export type InputName = (typeof inputNames)[number];

export interface BuildOptions {
  /** Replaces the configuration's dropout, of features and of attention weights alike. */
  dropout?: number | undefined;
  /** Standard deviation of the weights' start; 0 where a checkpoint brings them (default 0.02). */
  initializerRange?: number | undefined;
  /** Whether the model takes `token_type_ids`; else every token is of type 0 (default false). */
  types?: boolean | undefined;
}

/** Methods, so that families of all configurations fit one map; each is given what its own `parseConfig` returned. */
export interface EncoderFamily<C extends EncoderConfig = EncoderConfig> {
  /** Values of config.json's `model_type`. */
  readonly modelTypes: readonly string[];
  /** @throws Error that names file and field, for a setting that the family does not have, or cannot honour */
  parseConfig(fields: ConfigFields): C;
  /** Outputs: all hidden states [batch, tokens, hidden], the embeddings first and the last layer last. */
  build(config: C, options?: BuildOptions): tf.LayersModel;
  /** Where each weight of `build(config)` stands in a checkpoint. */
  weights(config: C): CheckpointMap;
  /** What the encoder can be told of a text. */
  inputs(config: C): readonly InputName[];
  /** Of the longest text that it takes; Infinity where nothing bounds it. */
  maxTokens(config: C): number;
  /** The files of a checkpoint besides its weights, which a saved encoder takes along where they are there. */
  readonly companions: readonly string[];
}
