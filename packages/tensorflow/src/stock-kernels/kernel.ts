/** What TensorFlow.js calls a kernel with, and how this folder's kernels come into its registry. */
import type { TensorflowBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';

/** One call. A few kernels take lists of tensors among their inputs, which `Inputs` states then. */
export interface Call<Attributes = object, Inputs = Record<string, tf.TensorInfo>> {
  inputs: Inputs;
  attrs: Attributes;
  backend: TensorflowBackend;
}

type Kernel = (call: Call<never, never>) => tf.TensorInfo | tf.TensorInfo[];

/** Registers kernels of this backend, in place of those that have their names. */
export function registerKernels(kernels: Readonly<Record<string, Kernel>>): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    if (tf.getKernel(kernelName, 'tensorflow')) tf.unregisterKernel(kernelName, 'tensorflow');
    tf.registerKernel({
      kernelName,
      backendName: 'tensorflow',
      kernelFunc: kernel as unknown as tf.KernelFunc,
    });
  }
}
