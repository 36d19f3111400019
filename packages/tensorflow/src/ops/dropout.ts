/** Inverted dropout (Srivastava et al. 2014) from a counter-based generator, so that a seed and a step fix the mask. */
import { nativeBackend } from '../engine/native-backend.ts';
import { tf } from '../tf.ts';
import { checkRate, dropoutOf, usesKernels } from './kernels.ts';
import { nativeOp, nativeType } from './native-op.ts';
import { trainingScope } from './training-scope.ts';
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
  const drop = (x: tf.Tensor) =>
    nativeOp('FoldwiseDropout', { T: { type: nativeType(x) }, ...attributes }, [x, seed]);
  return withGradient([x], ([x], save) => {
    save(seed);
    return { value: drop(x), gradient: drop };
  });
}

function plain(x: tf.Tensor, rate: number): tf.Tensor {
  const scope = trainingScope()!;
  const call = scope.nextOperation();
  const kept = nativeBackend()
    ? statelessMask(x.shape, rate, scope.seed, call)
    : eagerMask(x.shape, rate, scope.seed, call);
  return withGradient([x], ([input], save) => {
    const weights = kept.toFloat().div(1 - rate);
    save(weights);
    return { value: input.mul(weights), gradient: (dy, [saved]) => dy.mul(saved!) };
  });
}

/** From the seed's values, which engines without TensorFlow's generators have at hand. */
function eagerMask(shape: number[], rate: number, seed: tf.Tensor1D, call: number): tf.Tensor {
  const [run, step] = seed.dataSync();
  const number =
    (Math.imul(run!, 0x9e3779b1) + Math.imul(step!, 0x85ebca6b) + Math.imul(call, 0xc2b2ae35)) >>> 0;
  return tf.randomUniform(shape, 0, 1, 'float32', number).greaterEqual(rate);
}

function statelessMask(shape: number[], rate: number, seed: tf.Tensor1D, call: number): tf.Tensor {
  const bits = nativeOp(
    'StatelessRandomUniformFullInt',
    { dtype: { type: 'int32' }, T: { type: 'int32' }, Tseed: { type: 'int32' } },
    [
      tf.tensor1d(shape, 'int32'),
      seed.add(tf.tensor1d([Math.imul(call, 0x9e3779b1), Math.imul(call, 0x85ebca6b)], 'int32')),
    ],
  );
  return bits.greaterEqual(tf.scalar(Math.round((rate - 0.5) * 2 ** 32), 'int32'));
}
