/** What the weights of the encoder come from in a checkpoint. */
import leven from 'leven';
import type { CheckpointMap, WeightSource } from './checkpoint-map.ts';
import { isFloat } from './dtypes.ts';
import { findTensor } from './find-tensor.ts';
import type { OpenWeights, WeightEntry } from './weight-entry.ts';

/**
 * The tensors of each of the map's weights, by any of the names that `findTensor` knows. What else the checkpoint has, such
 * as heads of other tasks and buffers of positions, does not matter.
 *
 * @throws if tensors are missing (the message has the nearest that are there), or one has another shape or type than the
 * configuration says
 */
export function allWeightTensors(
  entries: OpenWeights,
  { weights, prefix }: CheckpointMap,
  file: string,
): WeightEntry[][] {
  const missing = weights.flatMap(({ tensors, tied = [] }) =>
    tensors.filter((name) => !findTensor(entries, [name, ...tied], prefix)),
  );
  const [first, ...more] = missing;
  if (first !== undefined) {
    const total = weights.reduce((sum, { tensors }) => sum + tensors.length, 0);
    const others = more.length > 0 ? `, nor ${more.length} others of the ${total}` : '';
    throw new Error(
      `${file} lacks the tensor ${first}, which config.json calls for (${nearest(first, entries)})${others}; is it of another model?`,
    );
  }
  return weights.map((source) => weightTensors(entries, source, prefix, file));
}

function nearest(name: string, entries: OpenWeights): string {
  const [there] = [...entries.keys()]
    .map((key) => ({ key, distance: leven(key, name) }))
    .sort((a, b) => a.distance - b.distance);
  return there ? `the nearest that it has: ${there.key}` : 'it has none';
}

/**
 * The tensors of one weight, which are known to be there.
 *
 * @throws if one is missing, or has another shape or type than the configuration says
 */
export function weightTensors(
  entries: OpenWeights,
  { tensors: names, tied = [], shape }: WeightSource,
  prefix: string,
  file: string,
): WeightEntry[] {
  return names.map((name) => {
    const entry = findTensor(entries, [name, ...tied], prefix);
    if (!entry)
      throw new Error(
        `${file} lacks the tensor ${name}, which config.json calls for; is it of another model?`,
      );
    if (entry.shape.join() !== shape.join())
      throw new Error(
        `${entry.file}: the tensor ${name} has shape [${entry.shape.join()}], config.json says [${shape.join()}]. Take both files from the same checkpoint.`,
      );
    if (!isFloat(entry.dtype))
      throw new Error(
        `${entry.file}: the tensor ${name} holds ${entry.dtype}, expected floating-point numbers.`,
      );
    return entry;
  });
}
