/** Layer normalization (Ba et al. 2016) over the last axis, alone or of a residual sum, with its gradient written out. */
import { tf } from '../tf.ts';
import { dropout } from './dropout.ts';
import { dropoutOf, predictsCompiled, usesKernels } from './kernels.ts';
import { nativeOp, nativeOps, nativeType } from './native-op.ts';
import { withGradient } from './with-gradient.ts';

export interface Norm {
  /** [n] */
  gamma: tf.Tensor1D;
  /** [n] */
  beta: tf.Tensor1D;
  epsilon: number;
}

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
  if (usesKernels()) return tf.tidy(() => fused(x, undefined, undefined, { gamma, beta, epsilon }, 0));
  return plain(x, { gamma, beta, epsilon });
}

/**
 * `layerNorm(residual + dropout(x + bias))`, as transformers have it after each part of a layer, in one pass.
 * x, residual: [..., n]; bias: [n]; result: [..., n]. `rate` is the dropout's in training.
 */
export function residualNorm<T extends tf.Tensor>(
  x: T,
  residual: T,
  bias: tf.Tensor1D,
  norm: Norm,
  rate = 0,
): T {
  if (usesKernels()) return tf.tidy(() => fused(x, residual, bias, norm, rate));
  return tf.tidy(() => plain(residual.add<T>(dropout(x.add(bias), rate)), norm));
}

function fused<T extends tf.Tensor>(
  x: T,
  residual: T | undefined,
  bias: tf.Tensor1D | undefined,
  { gamma, beta, epsilon }: Norm,
  rate: number,
): T {
  const { seed, attributes } = dropoutOf(rate);
  const none = tf.zeros([0]);
  const inputs = [x, gamma, beta, ...(residual ? [residual, bias!] : [])];
  const only = predictsCompiled();
  return withGradient('layerNorm', inputs, ([x, gamma, beta, residual, bias], save) => {
    const common = { T: { type: nativeType(x!) }, epsilon: { float: epsilon }, ...attributes };
    const given = [x!, residual ?? none, bias ?? none, gamma!, beta!, seed];
    const [y, normal, inverse] = only
      ? [nativeOp('FoldwiseNormOnly', common, given)]
      : nativeOps('FoldwiseNorm', common, given, 3);
    save(...(only ? given : [normal!, inverse!, gamma!, seed]));
    const kept = (given: tf.Tensor[]) => {
      const [, normal, inverse] = nativeOps('FoldwiseNorm', common, given, 3);
      const [, , , gamma, , seed] = given;
      return [normal!, inverse!, gamma!, seed!];
    };
    return {
      value: y!,
      gradient: (dy, saved) => {
        const [dx, dresidual, dbias, dgamma, dbeta] = nativeOps(
          'FoldwiseNormGrad',
          { D: { type: nativeType(dy) }, ...common },
          [dy, ...(only ? kept(saved) : saved)],
          5,
        );
        return residual ? [dx!, dgamma!, dbeta!, dresidual!, dbias!] : [dx!, dgamma!, dbeta!];
      },
    };
  }) as T;
}

function plain<T extends tf.Tensor>(x: T, { gamma, beta, epsilon }: Norm): T {
  return withGradient('layerNorm', [x, gamma, beta], ([input, gamma, beta], save) => {
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
