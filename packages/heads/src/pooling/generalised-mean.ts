/** The generalised mean over unmasked tokens, with its gradient written out. */
import { tf } from '@foldwise/tensorflow';
import { maxOverTokens } from './max-over-tokens.ts';

/**
 * `(mean of x^p over the tokens)^(1/p)` with x = max(hidden, epsilon). hidden: [batch, tokens, n]; exponent: p > 0,
 * [1]; mask: float32 [batch, tokens, 1]; result: [batch, n], 0 for a row without a token. What is below epsilon gets
 * no gradient. The mask has none.
 *
 * Powers are taken of x by the largest x of each feature: x^p itself leaves float32's range for p = 10 already.
 */
export function generalisedMean(
  hidden: tf.Tensor3D,
  exponent: tf.Tensor1D,
  mask: tf.Tensor3D,
  epsilon: number,
): tf.Tensor2D {
  return tf.customGrad((...args) => {
    const save = args.pop() as unknown as (saved: tf.Tensor[]) => void;
    const [hidden, exponent, mask] = args as unknown as [tf.Tensor3D, tf.Tensor1D, tf.Tensor3D];
    // Of padding, too: its weight is 0, but the logarithm of what it holds may be infinite.
    const clamped = hidden.mul(mask).maximum<tf.Tensor3D>(epsilon);
    const top = maxOverTokens(clamped.log(), mask); // [batch, n]
    const logs = clamped.log().sub(top.expandDims(1)); // of the ratios to the largest
    const powers = logs.mul(exponent).exp().mul(mask);
    const some = mask.max(1); // [batch, 1]: 0 for a row without a token
    const total = powers.sum(1).add(some.neg().add(1)); // 1 or more
    const weights = powers.div(total.expandDims(1)); // [batch, tokens, n]
    const log = total.div(mask.sum(1).maximum(1)).log().div(exponent); // of the value's ratio to the largest
    const value = log.add(top).exp().mul(some);
    save([hidden, clamped, weights, exponent, logs, log, value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [hidden, clamped, weights, exponent, logs, log, value] = saved;
        const slope = dy.mul(value!);
        const above = hidden!.greater(epsilon).toFloat();
        const dHidden = slope.expandDims(1).mul(weights!).div(clamped!).mul(above);
        const dExponent = slope.mul(weights!.mul(logs!).sum(1).sub(log!)).sum().div(exponent!);
        return [dHidden, dExponent, tf.zeros(mask.shape)];
      },
    };
  })(hidden, exponent, mask) as tf.Tensor2D;
}
