import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { AdamW } from './adam-w.ts';
import { embeddingLookup } from '../ops/embedding-lookup.ts';
import { expectClose } from '../ops/testing/expect-close.ts';
import { wave } from '../ops/testing/wave.ts';

// Of 7 rows: 0 and 6 never, 3 at first and at last only, some twice in a step.
const ids = [[3, 3, 1], [1, 2, 2], [4, 4, 4], [5, 1, 4], [2, 2, 5], [1, 1, 1], [4, 2, 1], [5, 5, 5], [1, 4, 2], [3, 1, 3]]; // prettier-ignore

interface Options {
  /** The norm to clip to. */
  limit: number;
  /** Whether the gradient of step i is asked for as a plain tensor: a sum of two. */
  dense?: (step: number) => boolean;
  prepare: typeof compile;
  width?: number;
}

/** Table and bias after each of the steps of a small model, whose loss is nonlinear in both. */
function train({ limit, dense = () => false, prepare, width = 5 }: Options): number[][][] {
  const table = tf.variable(wave<tf.Rank.R2>([7, width], 0));
  const bias = tf.variable(wave([width], 1));
  const optimizer = new AdamW({ weightDecay: 0.1, clipNorm: limit });
  const step = prepare((ids: tf.Tensor1D, twice: boolean) => {
    const loss = (table: tf.Tensor, bias: tf.Tensor) => {
      const rows = (k: number) =>
        embeddingLookup(table as tf.Tensor2D, ids)
          .add(bias)
          .mul(k)
          .sin()
          .sum();
      return twice ? rows(2).add(rows(1)) : rows(2).mul(3);
    };
    const [dtable, dbias] = tf.grads(loss)([table, bias]);
    optimizer.applyGradients({ [table.name]: dtable!, [bias.name]: dbias! });
    return [];
  });
  const after = ids.map((ids, i) => {
    optimizer.learningRate = 0.05 / (1 + i);
    const input = tf.tensor1d(ids, 'int32');
    step(input, dense(i));
    input.dispose();
    return [table, bias].map((variable) => Array.from(variable.dataSync()));
  });
  step.dispose();
  optimizer.dispose();
  tf.dispose([table, bias]);
  return after;
}

const eagerly: typeof compile = (fn) =>
  Object.assign(((...args) => tf.tidy(() => fn(...args) as never)) as typeof fn, {
    dispose: () => {},
  }) as never;

/** The same by plain operations on the plain CPU backend. */
async function reference(options: Omit<Options, 'prepare'>): Promise<number[][][]> {
  await tf.setBackend('cpu');
  try {
    return train({ ...options, prepare: eagerly });
  } finally {
    await tf.setBackend('tensorflow');
  }
}

describe("AdamW by an embedding's rows", () => {
  beforeAll(async () => {
    tf.env().set('PROD', true);
    await startEngine({ engine: 'tensorflow' });
    await tf.setBackend('tensorflow');
  });

  it.each<[string, Omit<Options, 'prepare'>]>([
    ['not clipped', { limit: 1e9 }],
    ['clipped', { limit: 0.5 }],
    ['of width 1', { limit: 0.5, width: 1 }],
    ['by rows after a dense step', { limit: 0.5, dense: (i) => i === 0 }],
    ['dense and by rows in turns', { limit: 0.5, dense: (i) => i % 2 === 1 }],
  ])('goes the way of the dense gradient: %s', async (_, options) => {
    const expected = await reference(options);
    const actual = train({ ...options, prepare: compile });
    actual.forEach((step, i) => step.forEach((values, v) => expectClose(values, expected[i]![v]!, 1e-6)));
  });

  it('gives the same bits each time', () => {
    const options = { limit: 0.5, prepare: compile };
    expect(train(options)).toEqual(train(options));
  });

  it('lets rows that no id ever reads just decay', () => {
    const after = train({ limit: 1e9, prepare: compile });
    let kept = 1;
    for (const [i, [table]] of after.entries()) {
      kept *= 1 - (0.05 / (1 + i)) * 0.1;
      for (const at of [0, 4, 30, 34]) expect(table![at]).toBeCloseTo(Math.sin(at * 0.37) * kept, 6);
    }
  });

  it('takes the gradient of a table that is a reshaped variable', () => {
    const run = (prepare: typeof compile) => {
      const variable = tf.variable(wave<tf.Rank>([6, 4], 0));
      const optimizer = new AdamW({ learningRate: 0.1 });
      const step = prepare((ids: tf.Tensor1D) => {
        const loss = (v: tf.Tensor) =>
          embeddingLookup(v.reshape<tf.Tensor2D>([12, 2]), ids)
            .square()
            .sum();
        optimizer.applyGradients({ [variable.name]: tf.grad(loss)(variable) });
        return [];
      });
      step(tf.tensor1d([0, 11, 3], 'int32'));
      return Array.from(variable.dataSync());
    };
    expectClose(run(compile), run(eagerly), 1e-6);
  });

  it.each([-1, 7, 2 ** 31 - 1])('refuses the id %i of 7 rows though the loss does not read them', (id) => {
    const table = tf.variable(wave<tf.Rank.R2>([7, 2], 0));
    const before = Array.from(table.dataSync());
    const optimizer = new AdamW();
    const step = compile((ids: tf.Tensor1D) => {
      const gradient = tf.grad((t: tf.Tensor) => embeddingLookup(t as tf.Tensor2D, ids).sum())(table);
      optimizer.applyGradients({ [table.name]: gradient });
      return [];
    });
    expect(() => step(tf.tensor1d([1, id], 'int32'))).toThrow(/out of/);
    expect(Array.from(table.dataSync())).toEqual(before);
  });
});
