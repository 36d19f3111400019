/** The values of a weight of the encoder from the tensors of a checkpoint. */
import type { WeightSource } from '../bert/bert-weights.ts';
import type { OpenSafetensors } from './read-safetensors.ts';
import type { SafetensorsEntry } from './read-safetensors-header.ts';
import { transpose } from './transpose.ts';

/** Memory for one tensor, and for one weight that is made of tensors; what is read next takes its place. */
export interface Scratch {
  tensor: Float32Array<ArrayBuffer>;
  weight: Float32Array<ArrayBuffer>;
}

/** Memory that has room for each of some weights. */
export function scratchFor(sources: readonly WeightSource[]): Scratch {
  const most = (counts: number[]) => new Float32Array(Math.max(0, ...counts));
  return {
    tensor: most(sources.map(({ shape }) => elements(shape))),
    weight: most(sources.filter(isMade).map(({ shape, tensors }) => elements(shape) * tensors.length)),
  };
}

/** The weight's values as the encoder holds them, row-major; `tensors` are what `weightTensors` gives for it. */
export async function readWeight(
  tensors: readonly SafetensorsEntry[],
  source: WeightSource,
  read: OpenSafetensors['read'],
  scratch?: Scratch,
): Promise<Float32Array> {
  const tensor = async (entry: SafetensorsEntry) => (await read(entry, scratch?.tensor)) as Float32Array;
  if (!isMade(source)) return tensor(tensors[0]!);
  const count = elements(source.shape);
  const weight = (scratch?.weight ?? new Float32Array(count * tensors.length)).subarray(
    0,
    count * tensors.length,
  );
  const [outputs, inputs] = source.shape as [number, number];
  for (const [i, entry] of tensors.entries()) {
    const values = await tensor(entry);
    // Stacked outputs of PyTorch's layout are columns side by side once transposed.
    if (source.transposed)
      transpose(values, outputs, inputs, weight.subarray(i * outputs), outputs * tensors.length);
    else weight.set(values, i * count);
  }
  return weight;
}

/** Whether it is more than one tensor as it lies in the file. */
function isMade({ tensors, transposed }: WeightSource): boolean {
  return transposed || tensors.length > 1;
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
