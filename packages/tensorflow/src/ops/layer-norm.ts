/** Layer normalization (Ba et al. 2016) over the last axis, with its gradient written out. */
import type { tf } from '../tf.ts';
import { withGradient } from './with-gradient.ts';

/**
 * `(x - mean) / sqrt(variance + epsilon) * gamma + beta` over the last axis.
 * x: [..., n]; gamma, beta: [n]; result: [..., n].
 */
export function layerNorm<T extends tf.Tensor>(
  x: T,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
): T {
  return withGradient([x, gamma, beta], ([input, gamma, beta], save) => {
    const centred = input.sub(input.mean(-1, true));
    const inverse = centred.square().mean(-1, true).add(epsilon).rsqrt();
    const normal = centred.mul(inverse);
    save(normal, inverse, gamma);
    return {
      value: normal.mul(gamma).add(beta),
      gradient: (dy, [normal, inverse, gamma]) => {
        const rows = dy.shape.slice(0, -1).map((_, axis) => axis);
        const dNormal = dy.mul(gamma!);
        const dx = dNormal
          .sub(dNormal.mean(-1, true))
          .sub(normal!.mul(dNormal.mul(normal!).mean(-1, true)))
          .mul(inverse!);
        return [dx, dy.mul(normal!).sum(rows), dy.sum(rows)];
      },
    };
  }) as T;
}
