/** Zeros in the memory of TensorFlow, where TensorFlow.js makes them in JavaScript and copies them. */
import { nativeBackend } from '../engine/native-backend.ts';
import type { tf } from '../tf.ts';

/** A float32 tensor of zeros, of which only what is written to takes memory on Linux. Needs TensorFlow. */
export function nativeZeros(shape: number[]): tf.Tensor {
  const backend = nativeBackend()!;
  const { binding } = backend;
  return backend.createOutputTensor({ id: binding.createZeros(shape), shape, dtype: binding.TF_FLOAT });
}
