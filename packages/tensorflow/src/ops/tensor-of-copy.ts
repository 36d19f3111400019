/** Tensors of arrays that the caller goes on to use. */
import { nativeBackend } from '../engine/native-backend.ts';
import { tf } from '../tf.ts';

/**
 * A float32 tensor of `values`, which are copied at once into the engine's memory. TensorFlow.js's `tensor` keeps the
 * array itself until an operation takes the tensor.
 */
export function tensorOfCopy(values: Float32Array, shape: number[]): tf.Tensor {
  const backend = nativeBackend();
  if (!backend || values.length === 0) return tf.tensor(values.slice(), shape);
  const dtype = backend.binding.TF_FLOAT;
  return backend.createOutputTensor({ id: backend.binding.createTensor(shape, dtype, values), shape, dtype });
}
