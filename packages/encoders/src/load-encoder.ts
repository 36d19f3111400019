/** An encoder with the weights of a published checkpoint. */
import { join } from 'node:path';
import { tf } from '@foldwise/tensorflow';
import { bertEncoder } from './bert/bert-encoder.ts';
import { bertWeights } from './bert/bert-weights.ts';
import { encoderWeight } from './checkpoint/encoder-weight.ts';
import { readEncoderConfig, type EncoderConfig } from './checkpoint/encoder-config.ts';
import { poolerWeights, type PoolerWeights } from './checkpoint/pooler-weights.ts';
import { readSafetensors } from './checkpoint/read-safetensors.ts';
import { toEncoderValues } from './checkpoint/to-encoder-values.ts';

export interface LoadedEncoder {
  config: EncoderConfig;
  /** Inputs: ids and mask, int32 [batch, tokens]. Outputs: all hidden states [batch, tokens, hidden]. */
  model: tf.LayersModel;
  /** The pooler of the checkpoint, where it has one. */
  pooler?: PoolerWeights | undefined;
}

/**
 * Builds the encoder that a checkpoint's `config.json` describes and fills it from `model.safetensors`.
 * `dropout` replaces the configuration's.
 *
 * @throws if a file is damaged, a tensor is missing, or a shape is not what the configuration says; the message names
 * file and tensor.
 */
export async function loadEncoder(
  folder: string,
  { dropout }: { dropout?: number } = {},
): Promise<LoadedEncoder> {
  const config = await readEncoderConfig(folder);
  const file = join(folder, 'model.safetensors');
  const tensors = await readSafetensors(file);
  // All is checked before anything is built, so an error leaves nothing behind.
  const values = bertWeights(config).map((source) => ({
    source,
    values: toEncoderValues(tensors, source, file),
  }));
  const pooler = poolerWeights(tensors, config, file);
  const model = bertEncoder(config, { dropout, initializerRange: 0 });
  for (const { source, values: data } of values)
    tf.tidy(() => {
      const weight = encoderWeight(model, source.weight);
      weight.write(tf.tensor(data, weight.shape as number[]));
    });
  return { config, model, pooler };
}
