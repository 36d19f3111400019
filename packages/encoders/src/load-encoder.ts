/** An encoder with the weights of a published checkpoint. */
import { join } from 'node:path';
import type { tf } from '@foldwise/tensorflow';
import { bertEncoder } from './bert/bert-encoder.ts';
import { bertWeights } from './bert/bert-weights.ts';
import { encoderWeight } from './checkpoint/encoder-weight.ts';
import { readEncoderConfig, type EncoderConfig } from './checkpoint/encoder-config.ts';
import { poolerWeights, type PoolerWeights } from './checkpoint/pooler-weights.ts';
import { openSafetensors } from './checkpoint/read-safetensors.ts';
import { readWeight } from './checkpoint/read-weight.ts';
import { weightTensors } from './checkpoint/weight-tensors.ts';
import { inLanes } from './in-lanes.ts';

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
  return openSafetensors(file, async (open) => {
    const sources = bertWeights(config);
    // All is checked before anything is built, so that what does not fit leaves nothing behind.
    const tensors = sources.map((source) => weightTensors(open.entries, source, file));
    const pooler = await poolerWeights(open, config, file);
    const weights: tf.Tensor[] = [];
    // While one weight is read, another is transposed, and at first the model is built.
    const reading = inLanes(3, sources.entries(), async ([i, source]) => {
      weights[i] = await readWeight(tensors[i]!, source, open.readInto);
    });
    let model: tf.LayersModel | undefined;
    try {
      model = bertEncoder(config, { dropout, initializerRange: 0 });
      await reading;
      for (const [i, { weight }] of sources.entries()) encoderWeight(model, weight).write(weights[i]!);
      return { config, model, pooler };
    } catch (error) {
      await reading.catch(() => undefined);
      model?.dispose();
      throw error;
    } finally {
      weights.forEach((weight) => weight.dispose());
    }
  });
}
