/** The native backend, where it is the one in use: what compiled functions and operations of our own need of it. */
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import type { TensorflowBinding, TensorMetadata } from '../binding/tensorflow-binding.ts';
import { tf } from '../tf.ts';

/** tfjs-node's backend, with what it keeps to itself. */
export interface TensorflowBackend extends Omit<
  NodeJSKernelBackend,
  'binding' | 'createOutputTensor' | 'getInputTensorIds'
> {
  binding: TensorflowBinding;
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
}

/** The backend "tensorflow" if TensorFlow.js runs on it now; native operations fall back to plain ones elsewhere. */
export function nativeBackend(): TensorflowBackend | undefined {
  return tf.getBackend() === 'tensorflow' ? (tf.backend() as unknown as TensorflowBackend) : undefined;
}
