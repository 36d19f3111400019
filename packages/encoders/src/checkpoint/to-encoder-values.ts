/** A weight of the encoder from the tensors of a checkpoint. */
import type { WeightSource } from '../bert/bert-weights.ts';
import { findTensor } from './find-tensor.ts';
import type { SafeTensor } from './read-safetensors.ts';
import { transpose } from './transpose.ts';

/**
 * The weight's values as the encoder holds them, row-major. A checkpoint may put a prefix such as "bert." before all
 * names, and old ones call a norm's weight and bias gamma and beta.
 *
 * @throws if a tensor is missing or has another shape or type than the configuration says.
 */
export function toEncoderValues(
  tensors: ReadonlyMap<string, SafeTensor>,
  { tensors: names, shape, transposed }: WeightSource,
  file: string,
): Float32Array {
  const parts = names.map((name) => {
    const tensor = findTensor(tensors, name);
    if (!tensor)
      throw new Error(
        `${file} lacks the tensor ${name}, which config.json calls for; is it of another model?`,
      );
    if (tensor.shape.join() !== shape.join())
      throw new Error(
        `${file}: the tensor ${name} has shape [${tensor.shape}], config.json says [${shape}]. Take both files from the same checkpoint.`,
      );
    if (!(tensor.data instanceof Float32Array))
      throw new Error(`${file}: the tensor ${name} holds ${tensor.dtype}, expected floating-point numbers.`);
    return tensor.data;
  });
  const [outputs, inputs] = shape;
  // Stacked outputs of PyTorch's layout are columns side by side once transposed.
  const stacked = parts.length === 1 ? parts[0]! : concatenate(parts);
  return transposed ? transpose(stacked, outputs! * parts.length, inputs!) : stacked;
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
