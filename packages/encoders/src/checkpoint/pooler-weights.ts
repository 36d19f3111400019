/** The tanh pooler that BERT checkpoints bring for the first token (Devlin et al. 2019), which is no part of the encoder. */
import { linearSources, type CheckpointMap, type WeightSource } from './checkpoint-map.ts';
import { findTensor } from './find-tensor.ts';
import { readWeight } from './read-weight.ts';
import type { OpenWeights } from './weight-entry.ts';
import { weightTensors } from './weight-tensors.ts';

export interface PoolerWeights {
  /** Row-major [hidden, hidden], as [inputs, outputs]. */
  kernel: Float32Array;
  /** [hidden] */
  bias: Float32Array;
}

/**
 * The pooler of a checkpoint; undefined where it has none.
 *
 * @throws if just one of its two tensors is there, or one has another shape or type than the configuration says.
 */
export async function poolerWeights(
  entries: OpenWeights,
  { pooler, prefix }: CheckpointMap,
  hiddenSize: number,
  file: string,
): Promise<PoolerWeights | undefined> {
  if (pooler === undefined) return undefined;
  const [kernel, bias] = linearSources('pooler', [pooler], hiddenSize, hiddenSize);
  if (!findTensor(entries, kernel.tensors, prefix)) return undefined;
  const read = async (source: WeightSource) => {
    const weight = await readWeight(weightTensors(entries, source, prefix, file), source);
    const values = await weight.data<'float32'>();
    weight.dispose();
    return values;
  };
  return { kernel: await read(kernel), bias: await read(bias) };
}
