/** Inverted dropout (Srivastava et al. 2014) from a counter-based generator, so that a seed and a step fix the mask. */
import { nativeBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';
import { checkRate, dropoutOf, usesKernels } from './kernels.ts';
import { nativeOp, nativeType } from './native-op.ts';
import { trainingScope } from '../scope/scope.ts';
import { withGradient } from './with-gradient.ts';

/**
 * `x` with each element kept with probability `1 - rate` and divided by it, any shape; `x` itself outside
 * `trainWith`. The probability is met to 1/65536: 16 random bits decide an element at least.
 *
 * @throws if the rate is not in [0, 1).
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number): T {
  checkRate(rate);
  const scope = trainingScope();
  if (!scope || rate === 0) return x;
  return tf.tidy(() => (usesKernels() ? fused(x, rate) : plain(x, rate)) as T);
}

function fused(x: tf.Tensor, rate: number): tf.Tensor {
  const { seed, attributes } = dropoutOf(rate);
  // Its own gradient, of any order.
  const drop = (x: tf.Tensor): tf.Tensor =>
    withGradient(
      'dropout',
      [x],
      ([x]) => ({
        value: nativeOp('FoldwiseDropout', { T: { type: nativeType(x) }, ...attributes }, [x, seed]),
        gradient: drop,
      }),
      { differentiable: true },
    );
  return drop(x);
}

function plain(x: tf.Tensor, rate: number): tf.Tensor {
  const scope = trainingScope()!;
  const random = nativeBackend() ? statelessUniform : eagerUniform;
  const kept = random(x.shape, scope.seed, scope.next++).greaterEqual(rate);
  return x.mul(kept.toFloat().div(1 - rate));
}

/** From the seed's values, which engines without TensorFlow's generators have at hand. */
function eagerUniform(shape: number[], seed: tf.Tensor1D, call: number): tf.Tensor {
  const [run, step] = seed.dataSync();
  const number =
    (Math.imul(run!, 0x9e3779b1) + Math.imul(step!, 0x85ebca6b) + Math.imul(call, 0xc2b2ae35)) >>> 0;
  return tf.randomUniform(shape, 0, 1, 'float32', number);
}

/**
 * Of [0, 1), from the bits that XLA draws, too. XLA reads negative seeds otherwise than TensorFlow's kernels, so seeds and
 * what tells calls apart are from 0 to below 2^30, which adds up without overflow.
 */
function statelessUniform(shape: number[], seed: tf.Tensor1D, call: number): tf.Tensor {
  const mixed = [0x9e3779b1, 0x85ebca6b].map((odd) => Math.imul(call, odd) & (bound - 1));
  const bits = nativeOp(
    'StatelessRandomUniformFullInt',
    { dtype: { type: 'int32' }, T: { type: 'int32' }, Tseed: { type: 'int32' } },
    [tf.tensor1d(shape, 'int32'), seed.mod(tf.scalar(bound, 'int32')).add(tf.tensor1d(mixed, 'int32'))],
  );
  // Of whole numbers, a GPU's comparison would take them to the CPU and back.
  return bits
    .toFloat()
    .div(2 ** 32)
    .add(0.5);
}

const bound = 2 ** 30;
