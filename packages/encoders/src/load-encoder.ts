/** An encoder with the weights of a published checkpoint. */
import type { tf } from '@foldwise/tensorflow';
import { encoderWeight } from './checkpoint/encoder-weight.ts';
import { poolerWeights, type PoolerWeights } from './checkpoint/pooler-weights.ts';
import { readEncoderConfig } from './read-encoder-config.ts';
import { openWeights } from './checkpoint/open-weights.ts';
import { readWeight } from './checkpoint/read-weight.ts';
import { allWeightTensors } from './checkpoint/weight-tensors.ts';
import type { DescribedEncoder } from './families.ts';
import type { BuildOptions } from './family.ts';
import { inLanes } from './in-lanes.ts';

export interface LoadedEncoder extends DescribedEncoder {
  /** Inputs, by these names and in this order: `inputNames`. Outputs: all hidden states [batch, tokens, hidden]. */
  model: tf.LayersModel;
  /** Of the longest text that it takes. */
  maxTokens: number;
  /** The pooler of the checkpoint, where it has one. */
  pooler?: PoolerWeights | undefined;
}

/**
 * Builds the encoder that a checkpoint's `config.json` describes and fills it from its weights, as `openWeights` does.
 * `dropout` replaces the configuration's; with `types`, the model takes token types where the encoder has any.
 *
 * @throws if a file is damaged, a tensor is missing, or a shape is not what the configuration says; the message names
 * file and tensor.
 */
export async function loadEncoder(
  folder: string,
  { dropout, types = false }: Pick<BuildOptions, 'dropout' | 'types'> = {},
): Promise<LoadedEncoder> {
  const { family, config } = await readEncoderConfig(folder);
  return openWeights(folder, async (open, file) => {
    const map = family.weights(config);
    const sources = map.weights;
    // All is checked before anything is built, so that what does not fit leaves nothing behind.
    const tensors = allWeightTensors(open, map, file);
    const pooler = await poolerWeights(open, map, config.hiddenSize, file);
    const weights: tf.Tensor[] = [];
    // While one weight is read, another is transposed, and at first the model is built.
    const reading = inLanes(3, sources.entries(), async ([i, source]) => {
      weights[i] = await readWeight(tensors[i]!, source);
    });
    let model: tf.LayersModel | undefined;
    try {
      const takesTypes = types && family.inputs(config).includes('token_type_ids');
      model = family.build(config, { dropout, initializerRange: 0, types: takesTypes });
      await reading;
      for (const [i, { weight }] of sources.entries()) encoderWeight(model, weight).write(weights[i]!);
      return { family, config, model, maxTokens: family.maxTokens(config), pooler };
    } catch (error) {
      await reading.catch(() => undefined);
      model?.dispose();
      throw error;
    } finally {
      weights.forEach((weight) => weight.dispose());
    }
  });
}
