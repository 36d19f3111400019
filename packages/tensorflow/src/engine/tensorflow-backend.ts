/** The tfjs backend "tensorflow": tfjs-node's kernels and backend on our own binding of TensorFlow's C API. */
// The package's main file would load its C++ addon, which is never installed; these two files need none.
import { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import '@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js';
import type { Tensor, TensorInfo } from '@tensorflow/tfjs';
import { registerStockKernels } from '../stock-kernels/stock-kernels.ts';
import { registerFileHandlers } from './register-file-handlers.ts';
import { restoreNodeUtil } from './restore-node-util.ts';
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

restoreNodeUtil();
registerStockKernels();
registerFileHandlers();

/** A new backend; its kernels are registered where this file is imported. */
export function createTensorflowBackend(binding: TensorflowBinding): TensorflowBackend {
  return new NodeJSKernelBackend(
    binding as never,
    '@tensorflow/tfjs-node-gpu',
  ) as unknown as TensorflowBackend;
}
