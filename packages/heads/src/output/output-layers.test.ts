import { compile, startEngine, tf, trainWith } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { linearOutput, outputLayers, type OutputSettings } from './output-layers.ts';

/** Vectors of two features to two logits; weights of layers in the order of the model's. */
function model(settings: Partial<OutputSettings>, weights?: number[][][], seed = 0): tf.LayersModel {
  const pooled = tf.input({ shape: [2] });
  const all = { ...linearOutput, ...settings };
  const bias = Float32Array.of(0, 0);
  const logits = outputLayers(pooled, { settings: all, outputs: 2, seed, bias });
  const made = tf.model({ inputs: pooled, outputs: logits });
  weights?.forEach((values, i) => {
    const weight = made.weights[i]!;
    weight.write(values.length > 1 ? tf.tensor2d(values) : tf.tensor1d(values[0]!));
  });
  return made;
}

/** The logits of rows, in a step of training where there is one. */
function run(model: tf.LayersModel, rows: number[][], step?: number): number[][] {
  const forward = compile((x: tf.Tensor, key: tf.Tensor) => {
    const apply = () => model.apply(x) as tf.Tensor;
    return step === undefined ? apply().add(0) : trainWith(key as tf.Tensor1D, apply);
  });
  const result = forward(tf.tensor2d(rows), tf.tensor1d([7, step ?? 0], 'int32')) as tf.Tensor2D;
  forward.dispose();
  return result.arraySync();
}

const identity = [
  [1, 0],
  [0, 1],
];
const close = (actual: number[][], expected: number[][]) =>
  actual.flat().forEach((value, i) => expect(value).toBeCloseTo(expected.flat()[i]!, 6));

beforeAll(async () => {
  await startEngine();
});

describe('outputLayers', () => {
  // [1, -2] through [[1, 0.5], [2, -1]] and the bias [0.5, 1] is [-2.5, 3.5].
  it.each([
    ['gelu', [-0.015524, 3.499186]],
    ['relu', [0, 3.5]],
    ['tanh', [-0.986614, 0.998178]],
  ] as const)('puts a hidden layer in between: %s', (activation, expected) => {
    const kernel = [
      [1, 0.5],
      [2, -1],
    ];
    const hidden = model({ hidden: [2], activation }, [kernel, [[0.5, 1]], identity, [[0, 0]]]);
    close(run(hidden, [[1, -2]]), [[...expected]]);
  });

  it('takes several, each with weights and a start of its own', () => {
    const deep = model({ hidden: [3, 3] });
    expect(deep.weights.map(({ originalName, shape }) => [originalName, shape])).toEqual([
      ['output_hidden_0/kernel', [2, 3]],
      ['output_hidden_0/bias', [3]],
      ['output_hidden_1/kernel', [3, 3]],
      ['output_hidden_1/bias', [3]],
      ['output/kernel', [3, 2]],
      ['output/bias', [2]],
    ]);
    const starts = [0, 2, 4].map((i) => Array.from(deep.weights[i]!.read().dataSync()));
    const again = model({ hidden: [3, 3] }).weights;
    starts.forEach((start, i) => {
      // Uniform within the root of one over the number of inputs.
      const limit = 1 / Math.sqrt(i === 0 ? 2 : 3);
      expect(Math.max(...start.map(Math.abs))).toBeLessThanOrEqual(limit);
      expect(Math.max(...start.map(Math.abs))).toBeGreaterThan(limit / 3);
      expect(Array.from(again[2 * i]!.read().dataSync())).toEqual(start);
    });
    expect(starts[2]!.slice(0, 3)).not.toEqual(starts[1]!.slice(0, 3));
  });

  it('drops features in training alone, before the output, and scales up what stays', () => {
    const dropping = model({ dropout: 0.5 }, [identity, [[0, 0]]]);
    const rows = Array.from({ length: 500 }, () => [1, 3]);
    expect(run(dropping, rows)).toEqual(rows);
    const first = run(dropping, rows, 0);
    expect(first).toHaveLength(500);
    expect(new Set(first.map(([x]) => x))).toEqual(new Set([0, 2]));
    expect(new Set(first.map(([, x]) => x))).toEqual(new Set([0, 6]));
    // Each of the four patterns has 125 rows of 500 to be expected, with a deviation of 10.
    for (const pattern of ['0,0', '2,0', '0,6', '2,6'])
      expect(Math.abs(first.filter((row) => row.join() === pattern).length - 125)).toBeLessThan(50);
    expect(run(dropping, rows, 0)).toEqual(first);
    expect(run(dropping, rows, 1)).not.toEqual(first);
  });

  it('drops before each hidden layer too', () => {
    const settings: Partial<OutputSettings> = { hidden: [2], activation: 'relu', dropout: 0.5 };
    const twice = model(settings, [identity, [[0, 0]], identity, [[0, 0]]]);
    const rows = Array.from({ length: 500 }, () => [1, 3]);
    const firsts = run(twice, rows, 0).map(([x]) => x);
    // Kept twice, and doubled twice.
    expect(new Set(firsts)).toEqual(new Set([0, 4]));
    expect(Math.abs(firsts.filter((x) => x === 4).length - 125)).toBeLessThan(50);
  });

  it('repeats the rows for each of several samples in training, with other masks', () => {
    const sampling = model({ dropout: 0.5, samples: 4 }, [identity, [[0, 0]]]);
    const rows = Array.from({ length: 100 }, (_, i) => [i + 1, 1]);
    expect(run(sampling, rows)).toEqual(rows);
    const result = run(sampling, rows, 0);
    expect(result).toHaveLength(400);
    result.forEach(([x], i) => expect([0, 2 * ((i % 100) + 1)]).toContain(x));
    const masks = [0, 1, 2, 3].map((sample) =>
      result
        .slice(100 * sample, 100 * sample + 100)
        .map(([x]) => x! > 0)
        .join(),
    );
    expect(new Set(masks).size).toBe(4);
  });

  it('starts the bias as told', () => {
    const pooled = tf.input({ shape: [2] });
    const bias = Float32Array.of(3, -4);
    const logits = outputLayers(pooled, { settings: linearOutput, outputs: 2, seed: 0, bias });
    expect(run(tf.model({ inputs: pooled, outputs: logits }), [[0, 0]])).toEqual([[3, -4]]);
  });
});
