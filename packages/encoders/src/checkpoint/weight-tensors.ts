/** What a weight of the encoder comes from in a checkpoint. */
import type { WeightSource } from './checkpoint-map.ts';
import { findTensor } from './find-tensor.ts';
import type { SafetensorsEntry } from './read-safetensors-header.ts';

/**
 * The tensors of a weight, by any of the names that `findTensor` knows.
 *
 * @throws if a tensor is missing or has another shape or type than the configuration says.
 */
export function weightTensors(
  entries: ReadonlyMap<string, SafetensorsEntry>,
  { tensors: names, tied = [], shape }: WeightSource,
  prefix: string,
  file: string,
): SafetensorsEntry[] {
  return names.map((name) => {
    const entry = findTensor(entries, [name, ...tied], prefix);
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
