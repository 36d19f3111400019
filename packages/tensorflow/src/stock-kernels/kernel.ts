/** What TensorFlow.js calls a kernel with, and how this folder's kernels come into its registry. */
import type { TensorflowBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';

/**
 * One call; TensorFlow.js's engine hands on tensors. A few kernels take lists of tensors among their inputs, which
 * `Inputs` states then.
 */
export interface Call<Attributes = object, Inputs = Record<string, tf.Tensor>> {
  inputs: Inputs;
  attrs: Attributes;
  backend: TensorflowBackend;
}

/** A kernel of tfjs-node, all of which give tensors. */
export type StockKernel = (call: Call) => tf.Tensor;

type Kernel = (call: Call<never, never>) => tf.TensorInfo | tf.TensorInfo[];

/** Registers kernels of this backend, in place of those that have their names. */
export function registerKernels(kernels: Readonly<Record<string, Kernel>>): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    // There is none of some, whatever its type says.
    const known = tf.getKernel(kernelName, 'tensorflow') as tf.KernelConfig | undefined;
    if (known) tf.unregisterKernel(kernelName, 'tensorflow');
    tf.registerKernel({
      kernelName,
      backendName: 'tensorflow',
      kernelFunc: kernel as unknown as tf.KernelFunc,
    });
  }
}
