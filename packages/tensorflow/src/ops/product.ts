/** Matrix products in the precision of the scope, and their gradients' products in the same. */
import { nativeBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';
import { nativeOp } from './native-op.ts';
import { withGradient } from './with-gradient.ts';

/**
 * `a b`, or with either transposed: [..., n, k] and [..., k, m] to [..., n, m], with equal leading axes. In bf16 the
 * factors are rounded to 8 bits of significand, and sums are kept in float32 by the processor. It can be differentiated
 * any number of times.
 */
export function product<T extends tf.Tensor>(a: T, b: T, transposeA = false, transposeB = false): T {
  if (!nativeBackend()) return tf.matMul(a, b, transposeA, transposeB);
  return withGradient(
    'product',
    [a, b],
    ([a, b], save) => {
      save(a, b);
      return {
        value: multiply(a, b, transposeA, transposeB),
        gradient: (dy, [a, b]) => [
          transposeA ? product(b!, dy, transposeB, true) : product(dy, b!, false, !transposeB),
          transposeB ? product(dy, a!, true, transposeA) : product(a!, dy, !transposeA, false),
        ],
      };
    },
    { differentiable: true },
  ) as T;
}

function multiply(a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean): tf.Tensor {
  const T = { type: 'float32' } as const;
  return a.rank === 2
    ? nativeOp('MatMul', { T, transpose_a: transposeA, transpose_b: transposeB }, [a, b])
    : nativeOp('BatchMatMulV2', { T, adj_x: transposeA, adj_y: transposeB }, [a, b]);
}
