/** The tfjs backend "tensorflow": tfjs-node's kernels and backend on our own binding of TensorFlow's C API. */
import { createRequire } from 'node:module';
import type { Tensor, TensorInfo } from '@tensorflow/tfjs';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import type { TensorflowBinding, TensorMetadata } from '../binding/tensorflow-binding.ts';

/** What tfjs-node's backend keeps to itself, and compiled functions need. */
export interface TensorflowBackend extends Omit<
  NodeJSKernelBackend,
  'binding' | 'createOutputTensor' | 'getInputTensorIds'
> {
  binding: TensorflowBinding;
  createOutputTensor(metadata: TensorMetadata): Tensor;
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
}

// The package's main file would load its C++ addon, which is never installed; these two files need none.
const require = createRequire(import.meta.url);

/** A new backend. It registers the kernels as a side effect, once. */
export function createTensorflowBackend(binding: TensorflowBinding): TensorflowBackend {
  require('@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js');
  const { NodeJSKernelBackend: Backend } =
    require('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js') as typeof import('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js');
  return new Backend(binding as never, '@tensorflow/tfjs-node-gpu') as unknown as TensorflowBackend;
}
