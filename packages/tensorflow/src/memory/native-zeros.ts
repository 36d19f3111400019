/** Zeros in the memory of TensorFlow, where TensorFlow.js makes them in JavaScript and copies them. */
import { nativeBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';

/** A float32 tensor of zeros, on TensorFlow of its own memory. */
export function zerosOfOwn(shape: number[]): tf.Tensor {
  return nativeBackend() ? nativeZeros(shape) : tf.zeros(shape);
}

/** A float32 tensor of zeros, of which only what is written to takes memory on Linux. Needs TensorFlow. */
export function nativeZeros(shape: number[]): tf.Tensor {
  const backend = nativeBackend()!;
  const { binding } = backend;
  return backend.createOutputTensor({ id: binding.createZeros(shape), shape, dtype: binding.TF_FLOAT });
}
