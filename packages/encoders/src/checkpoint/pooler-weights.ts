/** The tanh pooler that BERT checkpoints bring for the first token (Devlin et al. 2019), which is no part of the encoder. */
import type { EncoderConfig } from './encoder-config.ts';
import { findTensor } from './find-tensor.ts';
import type { OpenSafetensors } from './read-safetensors.ts';
import { readWeight } from './read-weight.ts';
import { weightTensors } from './weight-tensors.ts';

export interface PoolerWeights {
  /** Row-major [hidden, hidden], as [inputs, outputs]. */
  kernel: Float32Array;
  /** [hidden] */
  bias: Float32Array;
}

/**
 * `pooler.dense` of a checkpoint; undefined where it has none.
 *
 * @throws if just one of its two tensors is there, or one has another shape or type than the configuration says.
 */
export async function poolerWeights(
  { entries, readInto }: OpenSafetensors,
  { hiddenSize }: EncoderConfig,
  file: string,
): Promise<PoolerWeights | undefined> {
  if (!findTensor(entries, 'pooler.dense.weight')) return undefined;
  const read = async (tensor: string, shape: number[], transposed: boolean) => {
    const source = { weight: 'pooler', tensors: [tensor], shape, transposed };
    const weight = await readWeight(weightTensors(entries, source, file), source, readInto);
    const values = (await weight.data()) as Float32Array;
    weight.dispose();
    return values;
  };
  return {
    kernel: await read('pooler.dense.weight', [hiddenSize, hiddenSize], true),
    bias: await read('pooler.dense.bias', [hiddenSize], false),
  };
}
