import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { startEngine } from '../engine/start-engine.ts';
import { AdamW } from '../optimizers/adam-w.ts';
import { tf } from '../tf.ts';
import type { FunctionProfile } from './profile-function.ts';

let tensors: number;
let entries: number;
const binding = () => nativeBackend()!.binding;
const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

/** Calls by operation; oneDNN's operations by the names of those that they stand for. */
const calls = ({ operations }: FunctionProfile) =>
  Object.fromEntries(operations.map((row) => [row.operation.replace(/^_Mkl(Native)?/, ''), row.calls]));

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow', device: 'cpu' });
});
beforeEach(() => {
  tensors = tf.memory().numTensors;
  entries = binding().getNumOfTensors();
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
  expect(binding().getNumOfTensors()).toBe(entries);
});

describe('compile: profile', () => {
  it('tells the operations of a function, how often they run and how long', () => {
    const fn = compile((x: tf.Tensor, y: tf.Tensor) => x.matMul(y).add(x).matMul(y));
    // Batches, whose products are TensorFlow's everywhere.
    const args = [tf.randomNormal([2, 64, 64]), tf.randomNormal([2, 64, 64])] as const;
    const profile = fn.profile(...args);
    expect(calls(profile)).toEqual({ BatchMatMulV2: 2, Add: 1 });
    const { operations, milliseconds, runs } = profile;
    expect(operations[0]!.operation).toMatch(/BatchMatMulV2$/);
    expect(operations[0]!.milliseconds).toBeGreaterThan(operations[1]!.milliseconds);
    expect(operations[0]!.share + operations[1]!.share).toBeCloseTo(1, 10);
    expect(operations[1]!.share).toBeCloseTo(
      operations[1]!.milliseconds / (operations[0]!.milliseconds + operations[1]!.milliseconds),
      10,
    );
    expect(milliseconds).toBeGreaterThan(0);
    expect(runs).toBeGreaterThanOrEqual(3);
    fn.dispose();
    tf.dispose([...args]);
  });

  it('changes no variable, and profiles again', () => {
    const v = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3, 4])));
    const copy = v.clone();
    const step = compile((x: tf.Tensor) => {
      v.assign(v.mul(x).add(v));
      return null;
    });
    const x = tf.tensor1d([2, 2, 2, 2]);
    expect(calls(step.profile(x))).toEqual({
      ReadVariableOp: 1,
      Mul: 1,
      Add: 1,
      AssignVariableOp: 1,
    });
    expect(values(v)).toEqual([1, 2, 3, 4]);
    step(x);
    expect(values(v)).toEqual([3, 6, 9, 12]);
    step.profile(x);
    expect([values(v), values(copy)]).toEqual([
      [3, 6, 9, 12],
      [1, 2, 3, 4],
    ]);
    step.dispose();
    tf.dispose([v, copy, x]);
  });

  it('leaves a training step where it was, optimizer and all', () => {
    const data = [tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]), tf.tensor2d([[1], [0], [1]])] as const;
    const losses = [false, true].map((profiled) => {
      const w = tf.tidy(() => tf.variable(tf.tensor2d([[0.5], [-1]])));
      const optimizer = tf.train.adam(0.1);
      const step = compile((x: tf.Tensor2D, y: tf.Tensor2D) =>
        optimizer.minimize(() => tf.losses.meanSquaredError<tf.Tensor, tf.Scalar>(y, x.matMul(w)), true, [
          w,
        ])!,
      );
      const seen = Array.from({ length: 4 }, (_, i) => {
        if (profiled && i % 2 === 0)
          expect(step.profile(...data).operations.map(({ operation }) => operation)).toContain(
            'AssignVariableOp',
          );
        const loss = step(...data);
        const [value] = values(loss);
        loss.dispose();
        return value;
      });
      step.dispose();
      optimizer.dispose();
      w.dispose();
      return seen;
    });
    expect(losses[1]).toEqual(losses[0]);
    tf.dispose([...data]);
  });

  it('works on copies where operations write into the memory of variables', () => {
    const v = tf.tidy(() => tf.variable(tf.ones([40, 50])));
    const optimizer = new AdamW({ learningRate: 0.5, weightDecay: 0 });
    const step = compile(() => {
      optimizer.applyGradients({ [v.name]: tf.onesLike(v) });
      return null;
    });
    step.profile();
    expect(new Set(values(v))).toEqual(new Set([1]));
    step();
    const [after, ...others] = new Set(values(v));
    expect(after).toBeCloseTo(0.5, 5); // Adam's first step has the length of the learning rate.
    step.profile();
    expect([...new Set(values(v))]).toEqual([after]);
    expect(others).toEqual([]);
    step.dispose();
    optimizer.dispose();
    v.dispose();
  });

  it('takes large constants, texts and other types', () => {
    const large = tf.range(0, 5000);
    const fn = compile((i: tf.Tensor, s: tf.Tensor, b: tf.Tensor) => [
      large.gather(i as tf.Tensor1D),
      s.reshape([1, 2]),
      b.logicalNot(),
    ]);
    const args = [
      tf.tensor1d([7, 8], 'int32'),
      tf.tensor1d(['a', 'b'], 'string'),
      tf.tensor1d([true]),
    ] as const;
    expect(calls(fn.profile(...args))).toMatchObject({ GatherV2: 1, LogicalNot: 1 });
    fn.dispose();
    tf.dispose([...args, large]);
  });

  it('passes on what a call would say', () => {
    const v = tf.tidy(() => tf.variable(tf.scalar(1), true, 'gone-before'));
    const read = compile((i: tf.Tensor) => tf.gather(tf.tensor1d([4, 5]), i as tf.Tensor1D).add(v), {
      name: 'read',
    });
    const outside = tf.tensor1d([2], 'int32');
    const inside = tf.tensor1d([1], 'int32');
    expect(() => read.profile(outside)).toThrow('indices[0] = 2 is not in [0, 2)');
    expect(calls(read.profile(inside))).toMatchObject({ GatherV2: 1 });
    v.dispose();
    expect(() => read.profile(inside)).toThrow(
      'read uses the variable gone-before, which has been disposed since it was compiled.',
    );
    read.dispose();
    tf.dispose([outside, inside]);
  });

  it('refuses XLA, and calls while another function is compiled', () => {
    const x = tf.scalar(1);
    const fused = compile((y: tf.Tensor) => y.add(1), { name: 'fused', xla: true });
    expect(() => fused.profile(x)).toThrow('fused is one operation, which XLA makes of it');
    const plain = compile((y: tf.Tensor) => y.add(1), { name: 'plain' });
    const outer = compile((y: tf.Tensor) => {
      plain.profile(y);
      return null;
    });
    expect(() => outer(x)).toThrow('plain.profile was called while another function was compiled');
    x.dispose();
  });

  it('needs TensorFlow', async () => {
    const plain = compile((y: tf.Tensor) => y.add(1), { name: 'plain' });
    const x = tf.scalar(1);
    await tf.setBackend('cpu');
    try {
      expect(() => plain.profile(x)).toThrow("plain runs uncompiled here; only TensorFlow's engine profiles");
    } finally {
      await tf.setBackend('tensorflow');
      x.dispose();
    }
  });
});
