/**
 * LSTM and GRU token by token, of plain operations: where our kernels are not, as in a browser or on a GPU. Some 15
 * nodes a token and 30 for its gradient, which takes a compiled function long to trace.
 */
import { tf } from '../tf.ts';
import { product } from './product.ts';
import type { StateWeights } from './recurrence-weights.ts';

/** As `recurrence`, whose x was multiplied by the kernel: [batch, tokens, gates * units]. */
export function recurrenceByStep(
  x: tf.Tensor3D,
  lengths: tf.Tensor1D,
  weights: StateWeights,
  reverse: boolean,
): tf.Tensor3D {
  const [batch, tokens] = x.shape;
  const { recurrent, bias } = weights;
  const [units, columns] = recurrent.shape;
  const step = columns === 4 * units ? lstmStep : gruStep;
  const turned = x.add(bias).transpose([1, 0, 2]);
  // TensorFlow.js has no gradient of unstacking one.
  const inputs = (tokens === 1 ? [turned.reshape([batch, columns])] : tf.unstack(turned)) as tf.Tensor2D[];
  const places = tf.range(0, tokens, 1, 'int32').reshape([tokens, 1, 1]);
  const counts = tf.unstack(places.less(lengths.reshape([1, batch, 1])).toFloat()) as tf.Tensor2D[];
  const states = new Array<tf.Tensor2D>(tokens);
  let h = tf.zeros<tf.Rank.R2>([batch, units]);
  let c = h;
  for (let i = 0; i < tokens; i++) {
    const t = reverse ? tokens - 1 - i : i;
    // States of padding are 0, so that reading from the right, a sequence starts with 0 at its last token.
    [h, c] = step(inputs[t]!, h, c, weights).map((state) => state.mul<tf.Tensor2D>(counts[t]!)) as [
      tf.Tensor2D,
      tf.Tensor2D,
    ];
    states[t] = h;
  }
  return tf.stack(states, 1) as tf.Tensor3D;
}

type Step = (
  x: tf.Tensor2D,
  h: tf.Tensor2D,
  c: tf.Tensor2D,
  weights: StateWeights,
) => [h: tf.Tensor2D, c: tf.Tensor2D];

const lstmStep: Step = (x, h, c, { recurrent }) => {
  const [i, f, g, o] = tf.split<tf.Tensor2D>(x.add(product(h, recurrent)), 4, 1);
  const cell = f!.sigmoid().mul(c).add<tf.Tensor2D>(i!.sigmoid().mul(g!.tanh()));
  return [o!.sigmoid().mul(cell.tanh()), cell];
};

const gruStep: Step = (x, h, c, { recurrent, stateBias }) => {
  const [ofR, ofZ, ofN] = tf.split<tf.Tensor2D>(x, 3, 1);
  const [r, z, n] = tf.split<tf.Tensor2D>(product(h, recurrent), 3, 1);
  const reset = ofR!.add(r!).sigmoid();
  const update = ofZ!.add(z!).sigmoid();
  const candidate = ofN!.add(reset.mul(n!.add(stateBias))).tanh();
  return [candidate.add(update.mul(h.sub(candidate))), c];
};
