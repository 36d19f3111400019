/** A weight of the encoder from the tensors of a checkpoint. */
import { tf } from '@foldwise/tensorflow';
import { filledTensor, madeOf } from '@foldwise/tensorflow/memory';
import type { WeightSource } from './checkpoint-map.ts';
import type { OpenSafetensors } from './read-safetensors.ts';
import type { SafetensorsEntry } from './read-safetensors-header.ts';

/** The weight as the encoder holds it; `entries` are what `weightTensors` gives for it. */
export async function readWeight(
  entries: readonly SafetensorsEntry[],
  { shape, transposed }: WeightSource,
  readInto: OpenSafetensors['readInto'],
): Promise<tf.Tensor> {
  const tensors: tf.Tensor[] = [];
  try {
    for (const entry of entries)
      tensors.push(await filledTensor([...shape], (values) => readInto(entry, values)));
  } catch (error) {
    tf.dispose(tensors);
    throw error;
  }
  if (!transposed && tensors.length === 1) return tensors[0]!;
  // PyTorch keeps a kernel as [outputs, inputs]; stacked outputs are columns side by side once transposed.
  return madeOf(tensors, (parts) => (transposed ? tf.concat(parts).transpose() : tf.concat(parts)));
}
