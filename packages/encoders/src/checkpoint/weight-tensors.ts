/** What a weight of the encoder comes from in a checkpoint. */
import type { WeightSource } from '../bert/bert-weights.ts';
import { findTensor } from './find-tensor.ts';
import type { SafetensorsEntry } from './read-safetensors-header.ts';

/**
 * The tensors of a weight. A checkpoint may put a prefix such as "bert." before all names, and old ones call a norm's
 * weight and bias gamma and beta.
 *
 * @throws if a tensor is missing or has another shape or type than the configuration says.
 */
export function weightTensors(
  entries: ReadonlyMap<string, SafetensorsEntry>,
  { tensors: names, shape }: WeightSource,
  file: string,
): SafetensorsEntry[] {
  return names.map((name) => {
    const entry = findTensor(entries, name);
    if (!entry)
      throw new Error(
        `${file} lacks the tensor ${name}, which config.json calls for; is it of another model?`,
      );
    if (entry.shape.join() !== shape.join())
      throw new Error(
        `${file}: the tensor ${name} has shape [${entry.shape}], config.json says [${shape}]. Take both files from the same checkpoint.`,
      );
    if (!/^B?F\d/.test(entry.dtype))
      throw new Error(`${file}: the tensor ${name} holds ${entry.dtype}, expected floating-point numbers.`);
    return entry;
  });
}
