/** A weight of the encoder from the tensors of a checkpoint. */
import { tf } from '@foldwise/tensorflow';
import { filledTensor, madeOf } from '@foldwise/tensorflow/memory';
import type { WeightSource } from './checkpoint-map.ts';
import type { WeightEntry } from './weight-entry.ts';

/** The weight as the encoder holds it; `entries` are what `weightTensors` gives for it. */
export async function readWeight(
  entries: readonly WeightEntry[],
  { shape, transposed }: WeightSource,
): Promise<tf.Tensor> {
  const tensors: tf.Tensor[] = [];
  try {
    for (const { readInto } of entries) tensors.push(await filledTensor([...shape], readInto));
  } catch (error) {
    tf.dispose(tensors);
    throw error;
  }
  if (!transposed && tensors.length === 1) return tensors[0]!;
  // PyTorch keeps a kernel as [outputs, inputs]; stacked outputs are columns side by side once transposed.
  return madeOf(tensors, (parts) => (transposed ? tf.concat(parts).transpose() : tf.concat(parts)));
}
