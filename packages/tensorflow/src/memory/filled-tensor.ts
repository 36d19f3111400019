/** Tensors whose values are written where they stay. */
import { nativeBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';

/**
 * A float32 tensor of the values that `fill` writes, row-major, into an array of the engine's own memory: nothing is
 * copied, so that a file may be read right into a tensor. The array holds anything before, and is empty once `fill` has
 * ended; let nothing write into it in the background then.
 *
 * @throws what `fill` throws; there is no tensor then
 */
export async function filledTensor(
  shape: number[],
  fill: (values: Float32Array<ArrayBuffer>) => Promise<void>,
): Promise<tf.Tensor> {
  const count = tf.util.sizeFromShape(shape);
  const backend = nativeBackend();
  if (backend && count > 0) {
    const id = await backend.binding.createFloats(shape, fill);
    return backend.createOutputTensor({ id, shape, dtype: backend.binding.TF_FLOAT });
  }
  const values = new Float32Array(count);
  await fill(values);
  return tf.tensor(values, shape, 'float32');
}
