/** Softmax over the last axis that gives masked places no weight, with its gradient in three passes. */
import { tf } from '../tf.ts';
import { withGradient } from './with-gradient.ts';

/** `softmax(x + bias)` over the last axis; `bias` broadcasts to x, and is a large negative number where masked. */
export function maskedSoftmax<T extends tf.Tensor>(x: T, bias: tf.Tensor): T {
  return withGradient('maskedSoftmax', [x], ([input], save) => {
    const weights = tf.softmax(input.add(bias));
    save(weights);
    return {
      value: weights,
      gradient: (dy, [weights]) => {
        const product = dy.mul(weights!);
        return product.sub(weights!.mul(product.sum(-1, true)));
      },
    };
  }) as T;
}
