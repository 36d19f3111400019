import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { variableOf } from '../parameters/parameter.ts';
import { tf } from '../tf.ts';
import { compile } from './compile.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
const distinct = (draw: () => tf.Tensor, calls = 5) =>
  new Set(Array.from({ length: calls }, () => values(draw()).join())).size;

describe("TensorFlow.js's own random operations in a compiled function", () => {
  const x = () => tf.ones([64]);
  const training = { training: true };

  it.each<[string, () => tf.Tensor]>([
    ['tf.randomUniform', () => tf.randomUniform([64])],
    ['tf.randomUniformInt', () => tf.randomUniformInt([64], 0, 1000)],
    ['tf.randomNormal', () => tf.randomNormal([64])],
    ['tf.randomStandardNormal', () => tf.randomStandardNormal([64])],
    ['tf.truncatedNormal', () => tf.truncatedNormal([64])],
    ['tf.randomGamma', () => tf.randomGamma([64], 2)],
    ['tf.multinomial', () => tf.multinomial(tf.zeros<tf.Rank.R1>([9]), 64)],
    ['tf.dropout', () => tf.dropout(x(), 0.5)],
    ['tf.layers.dropout', () => tf.layers.dropout({ rate: 0.5 }).apply(x(), training) as tf.Tensor],
    ['tf.layers.spatialDropout1d', () => tf.layers.spatialDropout1d({ rate: 0.5 }).apply(tf.ones([1, 2, 64]), training) as tf.Tensor], // prettier-ignore
    ['tf.layers.alphaDropout', () => tf.layers.alphaDropout({ rate: 0.5 }).apply(x(), training) as tf.Tensor],
    ['tf.layers.gaussianDropout', () => tf.layers.gaussianDropout({ rate: 0.5 }).apply(x(), training) as tf.Tensor], // prettier-ignore
    ['tf.layers.gaussianNoise', () => tf.layers.gaussianNoise({ stddev: 1 }).apply(x(), training) as tf.Tensor], // prettier-ignore
  ])('%s draws anew at each call', (_, draw) => {
    for (const xla of [false, true]) {
      if (xla && /Gamma/.test(_)) continue; // XLA has no RandomGamma.
      const drawn = compile(draw, { xla });
      expect(distinct(drawn)).toBe(5);
      drawn.dispose();
    }
  });

  // Means and standard deviations: those of the distributions, whose errors over n numbers are known.
  it.each<[string, () => tf.Tensor, number, number]>([
    ['uniform from 2 to 5', () => tf.randomUniform([40_000], 2, 5), 3.5, 3 / Math.sqrt(12)],
    ['whole numbers from 0 to 9', () => tf.randomUniformInt([40_000], 0, 10), 4.5, Math.sqrt(99 / 12)],
    ['normal', () => tf.randomNormal([40_000], -1, 3), -1, 3],
    ['normal, rounded', () => tf.randomNormal([40_000], 2, 4, 'int32'), 2, Math.sqrt(16 + 1 / 12)],
    ['normal, cut off at 2 deviations', () => tf.truncatedNormal([40_000], 1, 2), 1, 2 * 0.8796],
    ['gamma of shape 3 and scale 2', () => tf.randomGamma([40_000], 3, 2), 6, 2 * Math.sqrt(3)],
  ])('are distributed as they are without compile: %s', (_, draw, mean, deviation) => {
    for (const way of [draw, compile(draw)]) {
      const numbers = values(way());
      const average = numbers.reduce((a, b) => a + b) / numbers.length;
      const spread = Math.sqrt(numbers.reduce((sum, x) => sum + (x - average) ** 2, 0) / numbers.length);
      expect(Math.abs(average - mean)).toBeLessThan((5 * deviation) / 200);
      expect(spread / deviation).toBeGreaterThan(0.97);
      expect(spread / deviation).toBeLessThan(1.03);
    }
  });

  it('give the same numbers at each call where they have a seed, as they do without compile', () => {
    const draws = [
      () => tf.randomUniform([8], 0, 1, 'float32', 5),
      () => tf.randomNormal([8], 0, 1, 'float32', 5),
      () => tf.dropout(tf.ones([8]), 0.5, undefined, 5),
    ];
    for (const draw of draws) {
      const drawn = compile(draw);
      expect(values(drawn())).toEqual(values(draw()));
      expect(values(drawn())).toEqual(values(draw()));
    }
  });

  it('keep what tf.dropout does not drop, scaled', () => {
    const dropped = values(compile((x: tf.Tensor) => tf.dropout(x, 0.75))(tf.fill([10_000], 3)));
    expect([...new Set(dropped)].sort()).toEqual([0, 12]);
    const kept = dropped.filter((value) => value !== 0).length / 10_000;
    expect(Math.abs(kept - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 10_000));
  });

  it('are no other numbers to code outside, and Math.random is refused within', () => {
    const { random } = Math;
    const chance = compile((x: tf.Tensor) => x.add(Math.random()), { name: 'chance' });
    expect(() => chance(tf.scalar(1))).toThrow('Math.random was called while chance was compiled');
    expect(Math.random).toBe(random);
  });
});

describe("TensorFlow.js's own optimizers in a compiled function", () => {
  const optimizers: [string, (rate: number) => tf.Optimizer][] = [
    ['sgd', (rate) => tf.train.sgd(rate)],
    ['momentum', (rate) => tf.train.momentum(rate, 0.9)],
    ['nesterov', (rate) => tf.train.momentum(rate, 0.9, true)],
    ['rmsprop', (rate) => tf.train.rmsprop(rate)],
    ['rmsprop, centered', (rate) => tf.train.rmsprop(rate, 0.9, 0.5, undefined, true)],
    ['adagrad', (rate) => tf.train.adagrad(rate)],
    ['adadelta', (rate) => tf.train.adadelta(rate)],
    ['adam', (rate) => tf.train.adam(rate)],
    ['adamax', (rate) => tf.train.adamax(rate)],
  ];

  /** A variable after each of some steps, at rates of their own. */
  function train(make: (rate: number) => tf.Optimizer, compiled: boolean): number[] {
    const w = tf.variable(tf.tensor1d([3, -2]));
    const optimizer = make(0.1) as tf.Optimizer & {
      learningRate: number;
      setLearningRate?: (rate: number) => void;
    };
    const plain = () =>
      optimizer.minimize(() => w.square().mul(tf.tensor1d([1, 3])).sum<tf.Scalar>(), true, [w])!; // prettier-ignore
    const step = compiled ? compile(plain) : () => tf.tidy(plain);
    const after = [0.1, 0.1, 0.05, 0, 0.2].flatMap((rate) => {
      if (optimizer.setLearningRate) optimizer.setLearningRate(rate);
      else optimizer.learningRate = rate;
      step();
      return values(w);
    });
    return [...after, optimizer.iterations];
  }

  it.each(optimizers)('%s reads its learning rate at each call, and counts its steps', (_, make) => {
    const [eager, compiled] = [train(make, false), train(make, true)];
    compiled.forEach((value, i) => expect(value).toBeCloseTo(eager[i]!, 5));
  });

  it('goes on without a trace where only the rate changes', () => {
    const w = tf.variable(tf.scalar(1));
    const optimizer = tf.train.adam(0.1);
    let traces = 0;
    const step = compile(() => optimizer.minimize(() => w.square(), true, [w])!, {
      onTrace: () => traces++,
    });
    for (const rate of [0.1, 0.01, 0]) {
      Object.assign(optimizer, { learningRate: rate });
      step();
    }
    expect(traces).toBe(1);
  });
});

describe('layers whose state or settings a compiled function reads', () => {
  it('are trained or not as they are set at each call', () => {
    const dense = (trainable: boolean) =>
      tf.layers.dense({ units: 1, trainable, kernelInitializer: 'ones', useBias: false });
    const model = tf.sequential();
    model.add(tf.layers.inputLayer({ inputShape: [2] }));
    model.add(dense(true));
    model.add(dense(true));
    const optimizer = tf.train.sgd(0.01);
    const step = compile((x: tf.Tensor) =>
      optimizer.minimize(
        () => (model.apply(x) as tf.Tensor).square().mean<tf.Scalar>(),
        true,
        model.weights.map((weight) => variableOf(weight)),
      )!,
    ); // prettier-ignore
    const x = tf.ones([2, 2]);
    const [first, second] = model.layers.slice(-2) as [tf.layers.Layer, tf.layers.Layer];
    const kernel = (layer: tf.layers.Layer) => values(layer.getWeights()[0]!);
    step(x);
    const before = [kernel(first), kernel(second)];
    first.trainable = false;
    step(x);
    expect(kernel(first)).toEqual(before[0]);
    expect(kernel(second)).not.toEqual(before[1]);
    first.trainable = true;
    step(x);
    expect(kernel(first)).not.toEqual(before[0]);
  });

  it('are refused where they keep a state of their own', () => {
    const lstm = tf.layers.lstm({ units: 2, stateful: true, batchInputShape: [1, 2, 3] });
    const step = compile((x: tf.Tensor) => lstm.apply(x) as tf.Tensor, { name: 'read' });
    const x = tf.ones([1, 2, 3]);
    lstm.apply(x);
    expect(() => step(x)).toThrow(/^read keeps the result of .*, of shape \[1,2\], beyond its end/);
    lstm.resetStates();
    const [first, second] = [lstm.apply(x), lstm.apply(x)] as tf.Tensor[];
    expect(values(first!)).not.toEqual(values(second!));
  });

  it('may keep tensors that the function gives back', () => {
    const fn = compile((x: tf.Tensor) => [tf.keep(x.add(1)), x.mul(2)]);
    const before = tf.memory().numTensors;
    const x = tf.scalar(3);
    expect(fn(x).map((tensor) => values(tensor)[0])).toEqual([4, 6]);
    expect(fn(x).map((tensor) => values(tensor)[0])).toEqual([4, 6]);
    expect(tf.memory().numTensors).toBe(before + 5);
  });
});

it('a gradient that failed within, and was caught, leaves nothing that is taken for a kept tensor', () => {
  const before = tf.memory().numTensors;
  const fn = compile((x: tf.Tensor) => {
    // TensorFlow.js has no gradient of the gradient of elu.
    const twice = tf.grad((x: tf.Tensor) =>
      tf
        .grad((x: tf.Tensor) => x.elu())(x)
        .sum(),
    );
    expect(() => twice(x)).toThrow('Cannot compute gradient');
    return x.add(1);
  });
  const x = tf.tensor1d([1, 2]);
  const result = fn(x);
  expect(values(result)).toEqual([2, 3]);
  fn.dispose();
  tf.dispose([x, result]);
  expect(tf.memory().numTensors).toBe(before);
});

describe('an asynchronous function', () => {
  it('is refused without a rejection that nobody handles', async () => {
    const fn = compile(
      (async (x: tf.Tensor) => {
        await Promise.resolve();
        return x.add(1); // which throws, since x is gone by then
      }) as never,
      { name: 'later' },
    ) as unknown as (x: tf.Tensor) => tf.Tensor;
    expect(() => fn(tf.ones([2]))).toThrow('later is asynchronous; a compiled function returns tensors');
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
