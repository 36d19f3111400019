import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { AdamW } from './adam-w.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { readFixture } from './testing/read-fixture.ts';

type Values = [number[][], number[]];
const { start, steps } = readFixture<{
  start: Values;
  steps: { rate: number; gradients: Values; after: Values }[];
}>('adam_w');

describe('AdamW', () => {
  everyWay((_, prepare) => {
    it("goes PyTorch's way over 5 steps of a warm-up, one variable decaying and one not", () => {
      const before = tf.memory().numTensors;
      const variables = start.map((values) => tf.tidy(() => tf.variable(tf.tensor(values))));
      const optimizer = new AdamW(variables, { weightDecay: 0.1, decays: (v) => v === variables[0] });
      const step = prepare((matrix, vector, rate, count) => {
        optimizer.apply([matrix!, vector!], rate as tf.Scalar, count as tf.Scalar);
        return [];
      });
      steps.forEach(({ rate, gradients, after }, i) => {
        const inputs = [...gradients.map((values) => tf.tensor(values)), tf.scalar(rate), tf.scalar(i + 1)];
        step(...inputs);
        tf.dispose(inputs);
        variables.forEach((variable, v) => expectClose(variable.dataSync(), after[v]!));
      });
      step.dispose();
      optimizer.dispose();
      tf.dispose(variables);
      expect(tf.memory().numTensors).toBe(before);
    });

    it('refuses another number of gradients', () => {
      const variable = tf.tidy(() => tf.variable(tf.tensor1d([1])));
      const optimizer = new AdamW([variable]);
      const one = tf.scalar(1);
      expect(() => optimizer.apply([], one, one)).toThrow('AdamW has 1 variables, but got 0 gradients.');
      optimizer.dispose();
      tf.dispose([variable, one]);
    });
  });
});
