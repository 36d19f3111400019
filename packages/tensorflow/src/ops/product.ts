/** Matrix products in the precision of the scope, and their gradients' products in the same. */
import { nativeBackend } from '../engine/native-backend.ts';
import { precision, withPrecision } from '../precision/precision.ts';
import { tf } from '../tf.ts';
import { nativeOp } from './native-op.ts';
import { withGradient } from './with-gradient.ts';

/**
 * `a b`, or `a bᵀ`: [..., n, k] and [..., k, m] (or [..., m, k]) to [..., n, m], with equal leading axes. In bf16 the
 * factors are rounded to 8 bits of significand, and sums are kept in float32 by the processor.
 */
export function product<T extends tf.Tensor>(a: T, b: T, transposeB = false): T {
  if (!nativeBackend()) return tf.matMul(a, b, false, transposeB);
  const chosen = precision();
  return withGradient([a, b], ([a, b], save) => {
    save(a, b);
    return {
      value: multiply(a, b, false, transposeB),
      gradient: (dy, [a, b]) =>
        withPrecision(chosen, () => [
          multiply(dy, b!, false, !transposeB),
          transposeB ? multiply(dy, a!, true, false) : multiply(a!, dy, true, false),
        ]),
    };
  }) as T;
}

function multiply(a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean): tf.Tensor {
  const T = { type: 'float32' } as const;
  return a.rank === 2
    ? nativeOp('MatMul', { T, transpose_a: transposeA, transpose_b: transposeB }, [a, b])
    : nativeOp('BatchMatMulV2', { T, adj_x: transposeA, adj_y: transposeB }, [a, b]);
}
