import { beforeAll, describe, expect, it } from 'vitest';
import { compile, type CompiledFunction } from '../compile/compile.ts';
import type { Nested } from '../compile/nested.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { startEngine } from '../engine/start-engine.ts';
import { withKernels } from '../scope/scope.ts';
import { tf } from '../tf.ts';
import { AdamW } from './adam-w.ts';

const start = Array.from({ length: 2000 }, (_, i) => Math.fround(Math.sin(i)));

/** How a compiled function may be called. */
const calls = {
  waiting: <A extends readonly Nested[], R extends Nested>(fn: CompiledFunction<A, R>, ...args: A) =>
    new Promise<R>((resolve) => resolve(fn(...args))),
  async: <A extends readonly Nested[], R extends Nested>(fn: CompiledFunction<A, R>, ...args: A) =>
    fn.async(...args),
};

/** A step of `optimizer` along `gradients`, which are of the variables in order. */
const applyTo = (optimizer: AdamW, variables: tf.Variable[], gradients: tf.Tensor[]) =>
  optimizer.applyGradients(variables.map(({ name }, i) => ({ name, tensor: gradients[i]! })));

/** A variable of 20 x 100, an optimizer, and its compiled step, which also gives what `output` makes of the variable. */
function setUp(kernels: boolean, output: (v: tf.Variable) => tf.Tensor[] = () => []) {
  const source = tf.tensor2d(start, [20, 100]);
  const variable = tf.variable(source) as tf.Variable;
  const optimizer = new AdamW({ learningRate: 0.1, weightDecay: 0 });
  const step = compile(() =>
    withKernels(kernels, () => {
      const result = output(variable);
      applyTo(optimizer, [variable], [tf.onesLike(variable)]);
      return result;
    }),
  );
  return { source, variable, run: (call: (typeof calls)[keyof typeof calls]) => call(step) };
}

const assigned = (v: tf.Tensor) => {
  const other = tf.variable(tf.zerosLike(v));
  other.assign(v);
  return other;
};

const valuesOf = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe('AdamW in place', () => {
  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
  });

  describe.each([
    ['with kernels', true],
    ['without', false],
  ])('%s', (_, kernels) => {
    describe.each(Object.entries(calls))('%s', (_, call) => {
      it.each<[string, (v: tf.Variable, source: tf.Tensor) => tf.Tensor]>([
        ['the tensor that the variable was made of', (_, source) => source],
        ['a clone', (v) => v.clone()],
        ['a slice', (v) => v.slice([2], [3])],
        ['a reshaped tensor', (v) => v.reshape([-1])],
        ['a reshaped slice', (v) => v.slice([1], [4]).reshape([4, 10, 10])],
        ['an unstacked row', (v) => tf.unstack(v)[3]!],
        ['what a compiled function returns of it', (v) => compile(() => v)()],
        ['a slice that a compiled function returns', (v) => compile(() => v.slice([3], [2]))()],
        ['another variable made of it', (v) => tf.variable(v)],
        ['a variable that was assigned it', assigned],
      ])('%s keeps its value over three steps', async (_, alias) => {
        const { variable, source, run } = setUp(kernels);
        await run(call); // now the variable's memory is its own
        const early = alias(variable, source);
        const expected = valuesOf(early);
        for (let i = 0; i < 3; i++) await run(call);
        expect(valuesOf(early)).toEqual(expected);
        // Four steps along a gradient of 1 at a rate of 0.1 take 0.4 away.
        valuesOf(variable).forEach((value, i) => expect(value).toBeCloseTo(start[i]! - 0.4, 4));
      });

      it.each<[string, (v: tf.Variable, source: tf.Tensor) => tf.Tensor]>([
        ['the tensor that the variable was made of', (_, source) => source],
        ['a slice', (v) => v.slice([0], [20])],
        ['a reshaped slice', (v) => v.slice([0], [20]).reshape([-1])],
        ['an unstacked row', (v) => tf.unstack(v)[3]!],
      ])('%s, made before the first step, keeps its value', async (_, alias) => {
        const { variable, source, run } = setUp(kernels);
        const early = alias(variable, source);
        if (early !== source) source.dispose();
        const before = valuesOf(early);
        await run(call);
        expect(valuesOf(early)).toEqual(before);
      });

      it.each<[string, (v: tf.Variable) => tf.Tensor]>([
        ['a slice', (v) => v.slice([0], [20])],
        ['a view', (v) => v.reshape([-1])],
        ['a clone', (v) => v.clone()],
      ])('%s of the old value that it returns stays what it is', async (_, alias) => {
        const { run } = setUp(kernels, (v) => [alias(v)]);
        const [first] = await run(call);
        await run(call);
        expect(valuesOf(first!)).toEqual(start);
      });

      it('returns the variable with its new value', async () => {
        const { run } = setUp(kernels, (v) => [v]);
        const [first] = await run(call);
        await run(call);
        valuesOf(first!).forEach((value, i) => expect(value).toBeCloseTo(start[i]! - 0.1, 4));
      });

      it('a variable that a compiled function without outputs assigns it keeps it', async () => {
        const { variable, run } = setUp(kernels);
        await run(call);
        const other = tf.variable(tf.zeros([20, 100]));
        const keep = compile(() => {
          other.assign(variable);
          return [];
        });
        await call(keep); // the variable is not read outside before the next step: to read it would be to share it
        await run(call);
        valuesOf(other).forEach((value, i) => expect(value).toBeCloseTo(start[i]! - 0.1, 4));
      });

      it('a variable that the step itself assigns it keeps the value before the step', async () => {
        const other = tf.variable(tf.zeros([20, 100]));
        const { run } = setUp(kernels, (v) => {
          other.assign(v);
          return [];
        });
        await run(call);
        expect(valuesOf(other)).toEqual(start);
      });

      it('a large tensor that a compiled function assigns the variable stays what it is', async () => {
        const { variable, run } = setUp(kernels);
        await run(call);
        const given = tf.fill([20, 100], 7);
        const give = compile(() => {
          variable.assign(given);
          return [];
        });
        await call(give);
        await run(call);
        expect(valuesOf(given)).toEqual(Array(2000).fill(7));
      });

      it('arguments that were made of the variable stay what they are', async () => {
        const variable = tf.variable(tf.tensor2d(start, [20, 100]));
        const optimizer = new AdamW({ learningRate: 0.1, weightDecay: 0 });
        const step = compile((v: tf.Tensor, part: tf.Tensor) =>
          withKernels(kernels, () => {
            applyTo(optimizer, [variable], [tf.onesLike(variable)]);
            return [v, part.mul(1)];
          }),
        );
        const part = variable.slice([1], [2]);
        for (let i = 0; i < 2; i++) {
          const before = variable.add(0);
          const [whole, rows] = await call(step, before, part);
          expect(valuesOf(whole!)).toEqual(valuesOf(before));
          expect(valuesOf(rows!)).toEqual(start.slice(100, 300));
          expect(valuesOf(part)).toEqual(start.slice(100, 300));
        }
      });

      it('a variable that the step makes of it at its first call keeps the first value', async () => {
        const variable = tf.variable(tf.tensor2d(start, [20, 100]));
        const optimizer = new AdamW({ learningRate: 0.1, weightDecay: 0 });
        let first: tf.Variable | undefined;
        const step = compile(() =>
          withKernels(kernels, () => {
            first ??= tf.variable(variable.clone());
            applyTo(optimizer, [variable], [tf.onesLike(variable)]);
            return [];
          }),
        );
        await call(step);
        expect(valuesOf(first!)).toEqual(start);
        // One step, not two.
        valuesOf(variable).forEach((value, i) => expect(value).toBeCloseTo(start[i]! - 0.1, 4));
      });
    });

    it('takes a gradient that is another variable', () => {
      const n = 100_000;
      const [a, b] = [3, 5].map((value) => tf.variable(tf.fill([n], value))) as [tf.Variable, tf.Variable];
      const optimizer = new AdamW({ learningRate: 1, beta1: 0, beta2: 0, epsilon: 0.5, weightDecay: 0 });
      const step = compile(() =>
        withKernels(kernels, () => {
          const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.sum(a.mul(b)))([a, b]);
          applyTo(optimizer, [a, b], gradients);
          return [];
        }),
      );
      step();
      // g / (|g| + epsilon) off each, for the gradients 5 and 3.
      expect(new Set(valuesOf(a))).toEqual(new Set([Math.fround(3 - 5 / 5.5)]));
      expect(new Set(valuesOf(b))).toEqual(new Set([Math.fround(5 - 3 / 3.5)]));
    });

    it.each<[string, (v: tf.Variable, apply: () => void) => tf.Tensor[], number]>([
      ['reads it after the update', (v, apply) => (apply(), [v.mul(2)]), 2 * 2.9],
      ['updates it twice', (v, apply) => (apply(), apply(), [v.mul(1)]), 2.8],
      [
        'assigns to it before the update',
        (v, apply) => (v.assign(tf.fill([9], 5)), apply(), [v.mul(1)]),
        4.9,
      ],
      ['assigns to it after the update', (v, apply) => (apply(), v.assign(v.mul(0.5)), [v.mul(1)]), 1.45],
      [
        'assigns something else to it after the update',
        (v, apply) => (apply(), v.assign(tf.fill([9], 7)), []),
        7,
      ],
    ])('gives what plain TensorFlow.js gives where the function %s', (_, body, expected) => {
      const variable = tf.variable<tf.Rank>(tf.fill([9], 3));
      const optimizer = new AdamW({ learningRate: 0.1, beta1: 0, beta2: 0, weightDecay: 0, epsilon: 1e-9 });
      const step = compile(() =>
        withKernels(kernels, () =>
          body(variable, () => applyTo(optimizer, [variable], [tf.onesLike(variable)])),
        ),
      );
      const results = step();
      for (const value of valuesOf(results[0] ?? variable)) expect(value).toBeCloseTo(expected, 5);
    });

    it('takes two optimizers in one function, each with the gradients before the other', () => {
      const n = 100_000;
      const [a, b] = [3, 5].map((value) => tf.variable(tf.fill([n], value))) as [tf.Variable, tf.Variable];
      const options = { learningRate: 1, beta1: 0, beta2: 0, epsilon: 0.5, weightDecay: 0 };
      const [first, second] = [new AdamW(options), new AdamW(options)];
      const step = compile(() =>
        withKernels(kernels, () => {
          const [da, db] = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.sum(a.square().mul(b)))([a, b]);
          applyTo(first, [a], [da!]);
          applyTo(second, [b], [db!]);
          return [];
        }),
      );
      step();
      for (const value of new Set(valuesOf(a))) expect(value).toBeCloseTo(3 - 30 / 30.5, 6);
      for (const value of new Set(valuesOf(b))) expect(value).toBeCloseTo(5 - 9 / 9.5, 6);
    });
  });

  it('leaves its variables free where there is no memory for a copy of one', async () => {
    const variable = tf.variable(tf.tensor2d(start, [20, 100])) as tf.Variable;
    const optimizer = new AdamW({ learningRate: 0.1, weightDecay: 0 });
    const step = compile(() => {
      applyTo(optimizer, [variable], [tf.onesLike(variable)]);
      return [];
    });
    step();
    const shared = variable.clone().reshape([-1]); // so that the next step copies first
    const { context } = nativeBackend()!.binding;
    const { checked } = context;
    context.checked = (what, call) => {
      if (what === 'DeepCopy') throw new Error('no memory');
      return checked(what, call);
    };
    for (const call of Object.values(calls)) await expect(call(step)).rejects.toThrow('no memory');
    context.checked = checked;
    for (const call of Object.values(calls)) await call(step);
    valuesOf(variable).forEach((value, i) => expect(value).toBeCloseTo(start[i]! - 0.3, 4));
    valuesOf(shared).forEach((value, i) => expect(value).toBeCloseTo(start[i]! - 0.1, 4));
    expect(valuesOf(compile(() => variable.mul(1))())).toEqual(valuesOf(variable));
  });
});
