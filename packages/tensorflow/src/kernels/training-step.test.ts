/** Training steps of a small encoder on all kernels: packed sequences go the way of padded ones. */
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { startEngine } from '../engine/start-engine.ts';
import { AdamW } from '../optimizers/adam-w.ts';
import { dense } from '../ops/dense.ts';
import { dropout } from '../ops/dropout.ts';
import { embeddingLookup } from '../ops/embedding-lookup.ts';
import { feedForward } from '../ops/feed-forward.ts';
import { residualNorm } from '../ops/layer-norm.ts';
import { padSequences } from '../ops/pad-sequences.ts';
import { recurrence } from '../ops/recurrence.ts';
import { selfAttention } from '../ops/self-attention.ts';
import { wave } from '../ops/testing/wave.ts';
import {
  packedSequences,
  trainWith,
  withPackedSequences,
  withPrecision,
  type Precision,
} from '../scope/scope.ts';
import { tf } from '../tf.ts';

const lengths = [5, 17, 1, 9];
const [longest, width, inner, heads, table] = [17, 20, 36, 2, 23];
const ids = lengths.map((length, s) => Array.from({ length }, (_, i) => (7 * s + 3 * i + i * i) % table));

type Batch = {
  ids: tf.Tensor2D;
  positions: tf.Tensor2D;
  /** int32 [sequences, longest] */
  mask: tf.Tensor2D;
  starts?: tf.Tensor1D;
};

/** The sequences with zeros behind them, or one after another with three rows behind them. */
function batchOf(packed: boolean): Batch {
  const places = lengths.map((length) => Array.from({ length }, (_, i) => i));
  const filled = (rows: number[][]) => rows.map((row) => [...row, ...Array<number>(longest - row.length).fill(0)]); // prettier-ignore
  const mask = tf.tensor2d(filled(lengths.map((length) => Array<number>(length).fill(1))), undefined, 'int32'); // prettier-ignore
  const int = (rows: number[][]) => tf.tensor2d(rows, undefined, 'int32');
  if (!packed) return { ids: int(filled(ids)), positions: int(filled(places)), mask };
  const starts = [0];
  for (const length of lengths) starts.push(starts.at(-1)! + length);
  const row = (rows: number[][]) => int([[...rows.flat(), 0, 0, 0]]);
  return { ids: row(ids), positions: row(places), mask, starts: tf.tensor1d(starts, 'int32') };
}

const variable = (shape: number[], k: number, scale = 0.3) => tf.variable(wave(shape, k, scale));

/** The encoder's weights, in the order in which `loss` takes them. */
function weights() {
  return {
    words: variable([table, width], 0),
    places: variable([longest, width], 1),
    qkv: variable([width, 3 * width], 2),
    bias: variable([3 * width], 3),
    out: variable([width, width], 4),
    outBias: variable([width], 5),
    gamma: tf.variable(tf.ones([width])),
    beta: variable([width], 6),
    inner: variable([width, inner], 7),
    innerBias: variable([inner], 8),
    outer: variable([inner, width], 9),
    outerBias: variable([width], 10),
    kernel: variable([width, 3 * 7], 11),
    recurrent: variable([7, 3 * 7], 12),
    gates: variable([3 * 7], 13),
    state: variable([7], 14),
  } as unknown as Record<string, tf.Variable<never>>;
}

function loss(w: Record<string, tf.Tensor>, { ids, positions, mask }: Batch, rate: number): tf.Scalar {
  const norm = { gamma: w.gamma as tf.Tensor1D, beta: w.beta as tf.Tensor1D, epsilon: 1e-5 };
  const given = embeddingLookup(w.words as tf.Tensor2D, ids);
  const x = dropout(given.add(embeddingLookup(w.places as tf.Tensor2D, positions)), rate);
  const scores = mask.toFloat().sub(1).mul<tf.Tensor2D>(1e9);
  const qkv = dense(x, w.qkv as tf.Tensor2D) as tf.Tensor3D;
  const attended = selfAttention(qkv, scores, { heads, bias: w.bias as tf.Tensor1D, rate });
  const middle = residualNorm(dense(attended, w.out as tf.Tensor2D), x, w.outBias as tf.Tensor1D, norm, rate);
  const fed = feedForward(middle, { inner: w.inner as tf.Tensor2D, bias: w.innerBias as tf.Tensor1D, outer: w.outer as tf.Tensor2D }); // prettier-ignore
  const hidden = residualNorm(fed, middle, w.outerBias as tf.Tensor1D, norm, rate) as tf.Tensor3D;
  const sequences = packedSequences();
  const each = sequences ? padSequences(hidden, mask, sequences) : hidden;
  const states = recurrence(each, mask.sum(1).toInt() as tf.Tensor1D, {
    kernel: w.kernel as tf.Tensor2D,
    recurrent: w.recurrent as tf.Tensor2D,
    bias: w.gates as tf.Tensor1D,
    stateBias: w.state as tf.Tensor1D,
  });
  return states.sub(0.5).square().mul(mask.toFloat().expandDims(2)).sum();
}

/** The losses of some steps. */
function train(packed: boolean, precision: Precision, rate: number): number[] {
  const named = weights();
  const [names, variables] = [Object.keys(named), Object.values(named)];
  const optimizer = new AdamW({ learningRate: 0.002, weightDecay: 0.1, clipNorm: 1 });
  const step = compile((batch: Batch, seed: tf.Tensor1D) => {
    const run = (...tensors: tf.Tensor[]) =>
      loss(Object.fromEntries(tensors.map((tensor, i) => [names[i]!, tensor])), batch, rate);
    const { starts, positions } = batch;
    const differentiate = () => tf.valueAndGrads(run)(variables);
    return withPrecision(precision, () =>
      trainWith(seed, () => {
        const { value, grads } = starts
          ? withPackedSequences({ starts, positions, longest }, differentiate)
          : differentiate();
        optimizer.applyGradients(variables.map(({ name }, i) => ({ name, tensor: grads[i]! })));
        return value;
      }),
    );
  });
  const batch = batchOf(packed);
  const losses = Array.from({ length: 4 }, (_, i) => {
    const value = step(batch, tf.tensor1d([5, i], 'int32'));
    return value.dataSync()[0]!;
  });
  step.dispose();
  optimizer.dispose();
  return losses;
}

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow', threads: 2 });
});

describe.each<[Precision, number]>([
  ['fp32', 1e-4],
  ['bf16', 0.03],
])('training steps in %s', (precision, tolerance) => {
  it('lose less at last, and the same for packed sequences as for padded ones', () => {
    const [padded, packed] = [train(false, precision, 0), train(true, precision, 0)];
    packed.forEach((value, i) => expect(Math.abs(value / padded[i]! - 1)).toBeLessThan(tolerance));
    expect(padded.at(-1)).toBeLessThan(padded[0]!);
  });

  it.each([false, true])('give the same each time with dropout; packed: %s', (packed) => {
    const losses = train(packed, precision, 0.2);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(train(packed, precision, 0.2)).toEqual(losses);
  });
});
