import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';
import { compile } from './compile.ts';

const binding = () => nativeBackend()!.binding;
const variable = (values: tf.TensorLike) => tf.tidy(() => tf.variable(tf.tensor(values)));
const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

describe('compile: variables', () => {
  it('updates them in place and returns results of the same call', () => {
    const v = variable([1, 2]);
    const step = compile((x: tf.Tensor) => {
      v.assign(v.add(x));
      return v.mul(10);
    });
    const x = tf.tensor1d([1, 1]);
    expect(values(step(x))).toEqual([20, 30]);
    expect(values(step(x))).toEqual([30, 40]);
    expect(values(v)).toEqual([3, 4]);
  });

  it('reads before it writes: two variables change places', () => {
    const a = variable([1]);
    const b = variable([2]);
    const swap = compile(() => {
      const kept = a.clone();
      a.assign(b);
      b.assign(kept);
      return null;
    });
    swap();
    expect([...values(a), ...values(b)]).toEqual([2, 1]);
    swap();
    expect([...values(a), ...values(b)]).toEqual([1, 2]);
  });

  it('sees what was assigned from outside', () => {
    const v = variable([1]);
    const twice = compile(() => v.mul(2));
    expect(values(twice())).toEqual([2]);
    v.assign(tf.tensor1d([21]));
    expect(values(twice())).toEqual([42]);
  });

  it('refuses a variable that was disposed', () => {
    const v = tf.variable(tf.tensor1d([1]), true, 'gone');
    const read = compile(() => v.neg(), { name: 'read' });
    read();
    v.dispose();
    expect(() => read()).toThrow(
      'read uses the variable gone, which has been disposed since it was compiled.',
    );
  });

  it('changes no copy of a variable, made before or after it was compiled', () => {
    const origin = tf.tensor1d([1, 2]);
    const v = tf.variable(origin);
    const early = v.clone();
    const add = compile(() => {
      v.assign(v.add(early));
      return null;
    });
    add();
    const late = v.reshape([2, 1]);
    add();
    expect(values(v)).toEqual([3, 6]);
    expect([values(origin), values(early), values(late)]).toEqual([
      [1, 2],
      [1, 2],
      [2, 4],
    ]);
  });

  it('takes a copy of a variable as an argument', () => {
    const v = variable([1]);
    const add = compile((x: tf.Tensor) => {
      v.assign(v.add(x));
      return null;
    });
    add(v.clone());
    add(v);
    expect(values(v)).toEqual([4]);
  });

  it('keeps results that a later call would overwrite', () => {
    const v = variable([1]);
    const step = compile(() => {
      v.assign(v.add(1));
      return v;
    });
    const [first, second] = [step(), step()];
    expect([...values(first), ...values(second), ...values(v)]).toEqual([2, 3, 3]);
  });

  it('leaves them as they were when the trace fails, a new optimizer and its slots included', () => {
    const v = variable([1]);
    const optimizer = tf.train.adam(0.1);
    let broken = true;
    const step = compile(() => {
      optimizer.minimize(() => v.square().sum<tf.Scalar>(), false, [v]);
      if (broken) throw new Error('broken');
      return v.clone();
    });
    expect(() => step()).toThrow('broken');
    expect(values(v)).toEqual([1]);
    broken = false;
    expect(values(step())[0]).toBeCloseTo(0.9, 5); // Adam's first step has the length of the learning rate.
  });

  it('updates variables that are arguments, each of which is traced', () => {
    const [a, b] = [variable([1]), variable([5])];
    let traces = 0;
    const add = compile(
      (v: tf.Variable, x: tf.Tensor) => {
        v.assign(v.add(x));
        return v;
      },
      { onTrace: () => traces++ },
    );
    const one = tf.tensor1d([1]);
    for (const [v, expected] of [
      [a, 2],
      [b, 6],
      [a, 3],
    ] as const) {
      expect(values(tf.tidy(() => add(v, one)))).toEqual([expected]);
      expect(values(v)).toEqual([expected]);
    }
    expect(traces).toBe(2);
    add.dispose();
    one.dispose();
  });

  it('refuses to make variables at every call', () => {
    const entries = binding().getNumOfTensors();
    let count = 0;
    const make = compile(() => tf.variable(tf.scalar(1), true, `made${count++}`).add(1), {
      name: 'make',
    });
    expect(() => make()).toThrow(
      /^make makes variables at every call \(made1\); make them once, outside of it\./,
    );
    // The first of them, which could have been an optimizer's, is there still.
    expect(binding().getNumOfTensors()).toBe(entries + 1);
  });

  for (const [name, make] of Object.entries({
    adam: () => tf.train.adam(0.05),
    momentum: () => tf.train.momentum(0.05, 0.9, true),
    rmsprop: () => tf.train.rmsprop(0.05),
    sgd: () => tf.train.sgd(0.05),
  }))
    it(`trains with ${name} as eagerly, 30 steps`, () => {
      const weights = [true, false].map((traced) => {
        const w = variable([[0.5], [-1], [2]]);
        const b = variable([0.1]);
        const optimizer = make();
        const step = (x: tf.Tensor2D, y: tf.Tensor2D) =>
          optimizer.minimize(
            () => tf.losses.meanSquaredError<tf.Tensor, tf.Scalar>(y, x.matMul(w as never).add(b)),
            true,
            [w, b],
          )!;
        const run = traced ? compile(step) : step;
        const losses = Array.from({ length: 30 }, (_, i) => {
          const x = tf.tensor2d([1, i / 10, -1, 0.5, 2, Math.sin(i)], [2, 3]);
          return values(run(x, tf.tensor2d([[1], [-1]])))[0]!;
        });
        return [...losses, ...values(w), ...values(b)];
      });
      weights[0]!.forEach((value, i) => expect(value).toBeCloseTo(weights[1]![i]!, 5));
    });
});

describe('compile: async', () => {
  const size = 700;
  /** Some tenths of a second of matrix products, then an update. */
  const slow = (v: tf.Variable, name: string) =>
    compile(
      (x: tf.Tensor2D) => {
        let y = x;
        for (let i = 0; i < 60; i++) y = y.matMul(x).mul(1 / size);
        v.assign(v.add(y.mean()));
        return y.mean();
      },
      { name },
    );

  it('gives what the other gives, and leaves the event loop free', async () => {
    const v = variable(0);
    const step = slow(v, 'slow');
    const x = tf.ones<tf.Rank.R2>([size, size]);
    expect(values(step(x))[0]).toBeCloseTo(1, 4);
    let turns = 0;
    let done = false;
    const turn = () => {
      turns++;
      if (!done) setImmediate(turn);
    };
    setImmediate(turn);
    expect(values(await step.async(x))[0]).toBeCloseTo(1, 4);
    done = true;
    expect(turns).toBeGreaterThan(3);
    expect(values(v)[0]).toBeCloseTo(2, 4);
  });

  it('refuses all that would clash with a call on another thread', async () => {
    const v = tf.variable(tf.scalar(0), true, 'shared');
    const step = slow(v, 'slow');
    const read = compile(() => v.add(1), { name: 'read' });
    const x = tf.ones<tf.Rank.R2>([size, size]);
    step(x);
    read();
    const clash =
      'uses the variable shared, which slow updates on another thread now; await that call first.';
    const running = step.async(x);
    await expect(step.async(x)).rejects.toThrow(`slow ${clash}`);
    expect(() => step(x)).toThrow(`slow ${clash}`);
    expect(() => read()).toThrow(`read ${clash}`);
    expect(() => v.add(1)).toThrow(
      'was read while slow updates it on another thread; await that call first.',
    );
    expect(() => v.dataSync()).toThrow('was read while slow updates it');
    expect(() => step.dispose()).toThrow(
      'slow still runs on another thread; await it before you dispose it.',
    );
    await running;
    expect(values(read())[0]).toBeCloseTo(3, 4);
    step.dispose();
  });

  it('lets several calls read at once, and none update meanwhile', async () => {
    const v = tf.variable(tf.ones([size, size]), true, 'read-only');
    const predict = compile((x: tf.Tensor) => x.matMul(v).mean(), { name: 'predict' });
    const update = compile(
      () => {
        v.assign(v.add(1));
        return null;
      },
      { name: 'update' },
    );
    const x = tf.ones([size, size]);
    predict(x);
    update();
    const running = [predict.async(x), predict.async(x)];
    expect(() => update()).toThrow(
      'update updates the variable read-only, which a call on another thread reads now; await that call first.',
    );
    for (const mean of await Promise.all(running)) expect(values(mean)).toEqual([2 * size]);
    update();
  });

  it('rejects with the error of the run, and runs again', async () => {
    const pick = compile((i: tf.Tensor) => tf.gather(tf.tensor1d([4, 5]), i as tf.Tensor1D));
    await expect(pick.async(tf.tensor1d([2], 'int32'))).rejects.toThrow('indices[0] = 2 is not in [0, 2)');
    expect(values(await pick.async(tf.tensor1d([1], 'int32')))).toEqual([5]);
  });

  it('lives when its arguments are disposed meanwhile', async () => {
    const v = variable(0);
    const step = slow(v, 'slow');
    const x = tf.ones<tf.Rank.R2>([size, size]);
    const running = step.async(x);
    x.dispose();
    expect(values(await running)[0]).toBeCloseTo(1, 4);
  });
});
