/** The values of a weight of the encoder from the tensors of a checkpoint. */
import type { WeightSource } from '../bert/bert-weights.ts';
import type { OpenSafetensors } from './read-safetensors.ts';
import type { SafetensorsEntry } from './read-safetensors-header.ts';
import { transpose } from './transpose.ts';

/**
 * Writes a weight's values into `values`, as the encoder holds them, row-major. `tensors` are what `weightTensors` gives
 * for it; a tensor that is transposed passes through `scratch`, which may serve the next one, too.
 */
export async function readWeight(
  tensors: readonly SafetensorsEntry[],
  { shape, transposed }: WeightSource,
  readInto: OpenSafetensors['readInto'],
  { values, scratch }: Record<'values' | 'scratch', Float32Array<ArrayBuffer>>,
): Promise<void> {
  const count = elements(shape);
  for (const [i, entry] of tensors.entries()) {
    const read = transposed ? scratch.subarray(0, count) : values.subarray(i * count, (i + 1) * count);
    await readInto(entry, read);
    if (!transposed) continue;
    const [outputs, inputs] = shape as [number, number];
    // Stacked outputs of PyTorch's layout are columns side by side once transposed.
    transpose(read, outputs, inputs, values.subarray(i * outputs), outputs * tensors.length);
  }
}

/** Scratch memory that does for each of some weights. */
export function scratchFor(sources: readonly WeightSource[]): Float32Array<ArrayBuffer> {
  const counts = sources.filter(({ transposed }) => transposed).map(({ shape }) => elements(shape));
  return new Float32Array(Math.max(0, ...counts));
}

/** How many numbers a tensor of this shape holds. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
