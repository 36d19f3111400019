import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { AdamW } from './adam-w.ts';
import { everyWay } from '../ops/testing/every-way.ts';
import { expectClose } from '../ops/testing/expect-close.ts';
import { readFixture } from '../ops/testing/read-fixture.ts';

type Values = [number[][], number[]];
const { start, steps } = readFixture('adam_w') as {
  start: Values;
  steps: { rate: number; gradients: Values; after: Values }[];
};

describe('AdamW', () => {
  everyWay((_, prepare) => {
    const prepared = () => {
      const variables = start.map((values) => tf.tidy(() => tf.variable(tf.tensor(values))));
      const optimizer = new AdamW({
        weightDecay: 0.1,
        parameter: (variable) => (variable === variables[0] ? {} : { decay: 0 }),
      });
      const step = prepare((...gradients) => {
        optimizer.applyGradients(variables.map(({ name }, i) => ({ name, tensor: gradients[i]! })));
        return [];
      });
      const run = ({ rate, gradients }: (typeof steps)[number]) => {
        const inputs = gradients.map((values) => tf.tensor(values));
        optimizer.learningRate = rate;
        step(...inputs);
        tf.dispose(inputs);
      };
      const dispose = () => {
        step.dispose();
        optimizer.dispose();
        tf.dispose(variables);
      };
      return { variables, optimizer, run, dispose };
    };

    it("goes PyTorch's way over 5 steps of a warm-up, one variable decaying and one not", () => {
      const before = tf.memory().numTensors;
      const { variables, optimizer, run, dispose } = prepared();
      for (const step of steps) {
        run(step);
        variables.forEach((variable, v) => expectClose(variable.dataSync(), step.after[v]!));
      }
      expect(optimizer.iterations).toBe(5);
      dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    it('goes on from the state of another one, to the same bits', async () => {
      const [first, second] = [prepared(), prepared()];
      for (const step of steps.slice(0, 3)) first.run(step);
      second.optimizer.build(second.variables);
      second.variables.forEach((variable, v) => variable.assign(first.variables[v]!.clone()));
      await second.optimizer.setWeights(
        (await first.optimizer.getWeights()).map(({ name, tensor }) => ({ name, tensor: tensor.clone() })),
      );
      for (const step of steps.slice(3)) for (const each of [first, second]) each.run(step);
      first.variables.forEach((variable, v) =>
        expect(second.variables[v]!.dataSync()).toEqual(variable.dataSync()),
      );
      first.dispose();
      second.dispose();
    });

    it('refuses the state of other variables, and keeps its own', async () => {
      const { optimizer, variables, dispose } = prepared();
      optimizer.build(variables);
      const other = { name: 'iter', tensor: tf.scalar(3) };
      await expect(optimizer.setWeights([other])).rejects.toThrow('but was given []');
      expect(optimizer.iterations).toBe(0);
      other.tensor.dispose();
      dispose();
    });

    it('moves a variable by its own rate, and lets it decay by that', () => {
      const variables = [1, 1, 1].map((value) => tf.tidy(() => tf.variable(tf.scalar(value))));
      const optimizer = new AdamW({
        learningRate: 0.1,
        weightDecay: 0.5,
        parameter: (v) => [{}, { rate: 0.5 }, { rate: 0.5, decay: 2 }][variables.indexOf(v as never)]!,
      });
      const step = prepare((gradient) => {
        optimizer.applyGradients(variables.map(({ name }) => ({ name, tensor: gradient })));
        return [];
      });
      const gradient = tf.scalar(3);
      step(gradient);
      // 1 less decay (rate times decay), less a first step of Adam, which is as long as the rate.
      const expected = [1 - 0.1 * 0.5 - 0.1, 1 - 0.05 * 0.5 - 0.05, 1 - 0.05 * 2 - 0.05];
      variables.forEach((variable, i) => expect(variable.dataSync()[0]).toBeCloseTo(expected[i]!, 6));
      step.dispose();
      optimizer.dispose();
      tf.dispose([...variables, gradient]);
    });

    it('refuses a gradient of no variable', () => {
      const optimizer = new AdamW();
      const gradient = tf.scalar(1);
      expect(() => optimizer.applyGradients({ nobody: gradient })).toThrow('"nobody", which is no variable');
      optimizer.dispose();
      gradient.dispose();
    });
  });
});
