import { readFileSync } from 'node:fs';
import { compile, startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { taskOutput, type OutputTask } from './task-outputs.ts';

interface Values {
  logits: number[][];
  labels: number[][];
  loss: number;
  gradient: number[][];
  predictions: number[][];
}

const fixtures = JSON.parse(
  readFileSync(new URL('../../fixtures/task-output.json', import.meta.url), 'utf8'),
) as Record<OutputTask, Values[]>;
const cases = Object.entries(fixtures).flatMap(([task, all]) =>
  all.map((values, i) => [task as OutputTask, i, values] as const),
);

/** Losses of 100 and more are compared to 7 digits, others to 1e-6. */
function expectClose(actual: tf.Tensor, expected: number[]): void {
  const values = actual.dataSync();
  expect(values.length).toBe(expected.length);
  expected.forEach((value, i) =>
    expect(Math.abs(values[i]! - value) / Math.max(1, Math.abs(value))).toBeLessThan(1e-6),
  );
}

beforeAll(async () => {
  await startEngine();
});

describe('taskOutput', () => {
  it.each(cases)("gives PyTorch's loss, gradient and predictions: %s %i", (task, _, expected) => {
    const { logits: given, labels: truth, predictions: wanted } = expected;
    const output = taskOutput(task, wanted[0]!.length);
    expect([output.outputs, output.labels, output.predictions]).toEqual(
      [given, truth, wanted].map(([row]) => row!.length),
    );
    const logits = tf.tensor2d(expected.logits);
    const labels = tf.tensor2d(expected.labels);
    const weights = tf.ones<tf.Rank.R1>([expected.logits.length]);
    const all = (logits: tf.Tensor, labels: tf.Tensor, weights: tf.Tensor) => {
      const loss = (logits: tf.Tensor) =>
        output.loss(logits as tf.Tensor2D, labels as tf.Tensor2D, weights as tf.Tensor1D);
      return [loss(logits), tf.grad(loss)(logits), output.predict(logits as tf.Tensor2D)];
    };
    for (const run of [all, compile(all)]) {
      const [loss, gradient, predictions] = run(logits, labels, weights);
      expectClose(loss!, [expected.loss]);
      expectClose(gradient!, expected.gradient.flat());
      expectClose(predictions!, expected.predictions.flat());
    }
  });

  it.each(cases)('takes no notice of rows that weigh 0: %s %i', (task, _, expected) => {
    const columns = expected.logits[0]!.length;
    const output = taskOutput(task, expected.predictions[0]!.length);
    const filling = (row: number[]) => row.map(() => 1);
    const logits = tf.tensor2d([...expected.logits, filling(expected.logits[0]!)]);
    const labels = tf.tensor2d([...expected.labels, filling(expected.labels[0]!)]);
    const weights = tf.tensor1d([...expected.logits.map(() => 1), 0]);
    const { value, grad } = tf.valueAndGrad((logits: tf.Tensor) =>
      output.loss(logits as tf.Tensor2D, labels, weights),
    )(logits);
    expectClose(value, [expected.loss]);
    expectClose(grad, [...expected.gradient.flat(), ...new Array<number>(columns).fill(0)]);
  });
});
