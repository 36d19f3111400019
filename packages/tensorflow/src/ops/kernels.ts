/** Whether an operation runs on this package's own kernels, and what their calls have in common. */
import { activeTracer } from '../compile/active-tracer.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { hasKernels } from '../kernels/has-kernels.ts';
import { tf } from '../tf.ts';
import { trainingScope } from '../scope/scope.ts';

/** Whether the TensorFlow engine computes now, and with kernels of our own. */
export function usesKernels(): boolean {
  return nativeBackend() !== undefined && hasKernels();
}

/** Whether `withPackedSequences` can be used: operations on such batches need this package's own kernels. */
export function canPackSequences(): boolean {
  return usesKernels();
}

/**
 * Whether a compiled function is traced that does not train: what only a gradient needs is not kept there, so that
 * whoever asks for one pays with the operation once more.
 */
export function predictsCompiled(): boolean {
  return activeTracer() !== undefined && trainingScope() === undefined;
}

/** @throws if a rate of dropout is not in [0, 1). */
export function checkRate(rate: number): void {
  if (!(rate >= 0 && rate < 1)) throw new Error(`The dropout rate must be from 0 to below 1, got ${rate}.`);
}

/**
 * The seed tensor and the attributes of a kernel with dropout inside; of rate 0 where nothing trains.
 * @throws if the rate is not in [0, 1).
 */
export function dropoutOf(rate: number): {
  seed: tf.Tensor1D;
  attributes: { rate: { float: number }; call: number };
} {
  checkRate(rate);
  const scope = rate > 0 ? trainingScope() : undefined;
  return {
    seed: scope?.seed ?? tf.zeros([2], 'int32'),
    attributes: { rate: { float: scope ? rate : 0 }, call: scope ? scope.next++ : 0 },
  };
}
