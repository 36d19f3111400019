/** Matrix products in the precision of the scope, on float32 tensors either way. */
import { nativeBackend } from '../engine/native-backend.ts';
import { tf } from '../tf.ts';
import { native, type Attributes, type Raw } from './native-op.ts';
import { precision } from './precision.ts';
import { withGradient } from './with-gradient.ts';

const float32 = { type: 'float32' } as const;
const bfloat16 = { type: 'bfloat16' } as const;

/**
 * `a b`, or `a bᵀ`: [..., n, k] and [..., k, m] (or [..., m, k]) to [..., n, m], with equal leading axes. In bf16 the
 * factors are rounded to 8 bits of significand, and sums are kept in float32 by the CPU.
 */
export function product<T extends tf.Tensor>(a: T, b: T, transposeB = false): T {
  if (precision() === 'fp32' || !nativeBackend()) return tf.matMul(a, b, false, transposeB);
  return withGradient([a, b], ([a, b], save) => {
    save(a, b);
    return {
      value: rounded(a, b, false, transposeB),
      gradient: (dy, [a, b]) => [
        rounded(dy, b!, false, !transposeB),
        transposeB ? rounded(dy, a!, true, false) : rounded(a!, dy, true, false),
      ],
    };
  }) as T;
}

function rounded(a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean): tf.Tensor {
  return native((op) => {
    const round = (x: tf.Tensor): Raw => op('Cast', { SrcT: float32, DstT: bfloat16 }, [x]);
    const [name, attributes]: [string, Attributes] =
      a.rank === 2
        ? ['MatMul', { T: bfloat16, transpose_a: transposeA, transpose_b: transposeB }]
        : ['BatchMatMulV2', { T: bfloat16, adj_x: transposeA, adj_y: transposeB }];
    return op('Cast', { SrcT: bfloat16, DstT: float32 }, [op(name, attributes, [round(a), round(b)])]);
  });
}
