/**
 * LSTM (Hochreiter & Schmidhuber 1997) and GRU (Cho et al. 2014, in the form of cuDNN and PyTorch) over sequences of
 * different lengths, as torch.nn.LSTM and torch.nn.GRU over packed sequences, of one layer and direction.
 */
import { tf } from '../tf.ts';
import { usesKernels } from './kernels.ts';
import { nativeOp, nativeOps, nativeType } from './native-op.ts';
import { product } from './product.ts';
import { recurrenceByStep } from './recurrence-by-step.ts';
import type { RecurrenceWeights, StateWeights } from './recurrence-weights.ts';
import { withGradient } from './with-gradient.ts';

/**
 * The state after each token. Four gates make an LSTM, three a GRU.
 *
 * x: [batch, tokens, inputs]; lengths: int32 [batch], how many tokens count, those after them being padding; result:
 * [batch, tokens, units], 0 for padding, which changes nothing and gets no gradient. In reverse, a sequence is read from its
 * last token that counts to its first, and each state stays at its token.
 */
export function recurrence(
  x: tf.Tensor3D,
  lengths: tf.Tensor1D,
  weights: RecurrenceWeights,
  reverse = false,
): tf.Tensor3D {
  const { kernel, recurrent, bias, stateBias = tf.zeros<tf.Rank.R1>([0]) } = weights;
  const [batch, tokens, inputs] = x.shape;
  return tf.tidy(() => {
    const inner = product(x.reshape<tf.Tensor2D>([batch * tokens, inputs]), kernel);
    const projected = inner.reshape<tf.Tensor3D>([batch, tokens, kernel.shape[1]]);
    const run = usesKernels() ? fused : recurrenceByStep;
    return run(projected, lengths, { recurrent, bias, stateBias }, reverse);
  });
}

function fused(x: tf.Tensor3D, lengths: tf.Tensor1D, weights: StateWeights, reverse: boolean): tf.Tensor3D {
  const { recurrent, bias, stateBias } = weights;
  return withGradient(
    'recurrence',
    [x, recurrent, bias, stateBias],
    ([x, recurrent, bias, stateBias], save) => {
      const attributes = { T: { type: nativeType(x) }, reverse: Number(reverse) };
      const inputs = [x, recurrent, bias, stateBias, lengths];
      const [y, kept, inner] = nativeOps('FoldwiseRecurrence', attributes, inputs, 3);
      save(x, recurrent, lengths, y!, kept!, inner!);
      return {
        value: y!,
        gradient: (dy, saved) => {
          const all = { D: { type: nativeType(dy) }, ...attributes };
          const [dx, dproduct] = nativeOps('FoldwiseRecurrenceGrad', all, [dy, ...saved], 2);
          const units = recurrent.shape[0];
          const forState = dproduct!.reshape<tf.Tensor2D>([-1, recurrent.shape[1]]);
          const before = statesBefore(saved[3] as tf.Tensor3D, reverse).reshape([-1, units]);
          const T = { type: 'float32' } as const;
          const drecurrent = nativeOp('MatMul', { T, transpose_a: true, transpose_b: false }, [
            before,
            forState,
          ]);
          return [
            dx!,
            drecurrent,
            dx!.sum([0, 1]),
            stateBias.size > 0 ? forState.slice([0, 2 * units], [-1, units]).sum(0) : tf.zeros([0]),
          ];
        },
      };
    },
  ) as tf.Tensor3D;
}

/** The state that each token found: that of its neighbour, 0 at the start. */
function statesBefore(y: tf.Tensor3D, reverse: boolean): tf.Tensor3D {
  const [batch, tokens, units] = y.shape;
  const start = tf.zeros<tf.Rank.R3>([batch, 1, units]);
  if (tokens === 1) return start;
  const others = y.slice([0, reverse ? 1 : 0, 0], [batch, tokens - 1, units]);
  return tf.concat(reverse ? [others, start] : [start, others], 1);
}
