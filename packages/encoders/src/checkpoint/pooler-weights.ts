/** The tanh pooler that BERT checkpoints bring for the first token (Devlin et al. 2019), which is no part of the encoder. */
import type { EncoderConfig } from './encoder-config.ts';
import { findTensor } from './find-tensor.ts';
import type { SafeTensor } from './read-safetensors.ts';
import { toEncoderValues } from './to-encoder-values.ts';

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
export function poolerWeights(
  tensors: ReadonlyMap<string, SafeTensor>,
  { hiddenSize }: EncoderConfig,
  file: string,
): PoolerWeights | undefined {
  if (!findTensor(tensors, 'pooler.dense.weight')) return undefined;
  const values = (tensor: string, shape: number[], transposed: boolean) =>
    toEncoderValues(tensors, { weight: 'pooler', tensors: [tensor], shape, transposed }, file);
  return {
    kernel: values('pooler.dense.weight', [hiddenSize, hiddenSize], true),
    bias: values('pooler.dense.bias', [hiddenSize], false),
  };
}
