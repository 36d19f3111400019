import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { startEngine } from '../engine/start-engine.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { idOf } from '../compile/own-value.ts';
import { tf } from '../tf.ts';
import { AdamW } from '../optimizers/adam-w.ts';
import { everyWay } from '../ops/testing/every-way.ts';
import { withValues } from './with-values.ts';

describe('withValues', () => {
  everyWay(() => {
    it.each([[[2, 3]], [[]], [[0, 2]]])('gives the values of a tensor of shape %j', async (shape) => {
      const expected = Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => i + 0.5);
      const tensor = tf.tensor(expected, shape, 'float32');
      expect(await withValues(tensor, (values) => Promise.resolve([...values]))).toEqual(expected);
      await expect(withValues(tensor, () => Promise.reject(new Error('ENOSPC')))).rejects.toThrow('ENOSPC');
      expect([...tensor.dataSync()]).toEqual(expected);
      tensor.dispose();
    });
  });
});

describe('the array of withValues', () => {
  it("is empty afterwards on TensorFlow, and not another tensor's memory", async () => {
    await startEngine({ engine: 'tensorflow' });
    await tf.setBackend('tensorflow');
    const tensor = tf.tensor1d([1, 2, 3]);
    const kept = await withValues(tensor, (values) => Promise.resolve(values));
    let keptOfFailure: Float32Array | undefined;
    const failed = withValues(tensor, (values) => {
      keptOfFailure = values;
      return Promise.reject(new Error('ENOSPC'));
    });
    await expect(failed).rejects.toThrow('ENOSPC');
    expect([kept.length, keptOfFailure!.length]).toEqual([0, 0]);
    expect([...tensor.dataSync()]).toEqual([1, 2, 3]);
    tensor.dispose();
  });
});

describe('reading a variable that a compiled function writes into', () => {
  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
    await tf.setBackend('tensorflow');
  });

  function setUp() {
    const variable = tf.variable<tf.Rank>(tf.fill([3], 1));
    const optimizer = new AdamW({ learningRate: 0.5, weightDecay: 0 });
    const step = compile(() => {
      optimizer.applyGradients({ [variable.name]: tf.onesLike(variable) });
      return [];
    });
    return { variable, step };
  }

  it('does not make it share its memory, so that the next call copies nothing', async () => {
    const { variable, step } = setUp();
    step();
    const backend = nativeBackend()!;
    const shared = () => {
      const entry = backend.binding.entries.get(idOf(backend, variable));
      return entry.kind === 'variable' && entry.shared;
    };
    expect(shared()).toBe(false);
    expect(variable.dataSync()[0]).toBeCloseTo(0.5);
    await withValues(variable, (values) => {
      expect(values[0]).toBeCloseTo(0.5);
      return Promise.resolve();
    });
    expect(shared()).toBe(false);
    const kept = variable.clone().reshape([3, 1]);
    kept.add(1);
    expect(shared()).toBe(true);
    step();
    expect(kept.dataSync()[0]).toBeCloseTo(0.5);
  });

  it('refuses the call while the values are read', async () => {
    const { variable, step } = setUp();
    step();
    await withValues(variable, (values) => {
      expect(() => step()).toThrow('reads now; await that call first');
      expect(values[0]).toBeCloseTo(0.5);
      return Promise.resolve();
    });
    step();
    expect(variable.dataSync()[0]).toBeCloseTo(0);
  });
});
