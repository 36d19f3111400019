/** Whether an operation runs on this package's own kernels, and what their calls have in common. */
import { nativeBackend } from '../engine/native-backend.ts';
import { hasKernels } from '../kernels/load-kernels.ts';
import { tf } from '../tf.ts';
import { trainingScope } from './training-scope.ts';

/** Own kernels run on the CPU: with a GPU, TensorFlow's own operations stay on it. */
export function usesKernels(): boolean {
  const backend = nativeBackend();
  return backend !== undefined && hasKernels() && !backend.binding.isUsingGpuDevice();
}

/** The seed tensor and the attributes of a kernel with dropout inside; of rate 0 where nothing trains. */
export function dropoutOf(rate: number): {
  seed: tf.Tensor1D;
  attributes: { rate: { float: number }; call: number };
} {
  const scope = rate > 0 ? trainingScope() : undefined;
  return {
    seed: scope?.seed ?? tf.zeros([2], 'int32'),
    attributes: { rate: { float: scope ? rate : 0 }, call: scope?.nextOperation() ?? 0 },
  };
}
