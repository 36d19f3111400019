import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { dropout } from './dropout.ts';
import { everyWay } from './testing/every-way.ts';
import { trainWith, withKernels } from '../scope/scope.ts';

const seedOf = (run: number, step: number) => tf.tensor1d([run, step], 'int32');

/** Of two equally long samples. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    mean(x.map((value, i) => (value - mx) * (y[i]! - my)));
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

describe('dropout', () => {
  everyWay((evaluate) => {
    /** Dropout of ones, for each seed: [run, step]. */
    const ofOnes = (shape: number[], rate: number, ...seeds: [number, number][]) =>
      evaluate(
        (...seeds) =>
          seeds.map((seed) => trainWith(seed as tf.Tensor1D, () => dropout(tf.ones(shape), rate))),
        ...seeds.map((seed) => seedOf(...seed)),
      );

    it('is the identity in prediction, and at rate 0', () => {
      const x = tf.tensor1d([1, -2, 3]);
      const seed = seedOf(1, 0);
      expect(dropout(x, 0.9)).toBe(x);
      expect(trainWith(seed, () => dropout(x, 0))).toBe(x);
      tf.dispose([x, seed]);
    });

    it.each([0.1, 0.5, 0.9])('keeps a share of 1 - %f', (rate) => {
      const n = 1e6;
      const [values] = ofOnes([n], rate, [3, 1]);
      const kept = values!.filter((value) => value !== 0).length / n;
      expect(Math.abs(kept - (1 - rate))).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / n));
    });

    it('drops nearly everything at a rate near 1', () => {
      const [values] = ofOnes([1e4], 0.999999, [3, 1]);
      expect(values!.filter((value) => value !== 0).length).toBeLessThan(10);
    });

    it('divides what it keeps by 1 - rate, and lets the gradient through at the same places', () => {
      const x = Float32Array.from({ length: 999 }, (_, i) => (i + 1) / 7);
      const dy = x.map((value) => value - 60.1);
      for (const rate of [0.5, 0.3]) {
        const [value, gradient] = evaluate(
          (x, dy, seed) => {
            const drop = (x: tf.Tensor) => trainWith(seed as tf.Tensor1D, () => dropout(x, rate));
            return [drop(x), tf.grad(drop)(x, dy)];
          },
          tf.tensor1d(x),
          tf.tensor1d(dy),
          seedOf(5, 2),
        );
        const kept = value!.map((y) => (y === 0 ? 0 : 1));
        expect(new Set(kept)).toEqual(new Set([0, 1]));
        value!.forEach((y, i) => expect(y / (x[i]! * kept[i]!) || 0).toBeCloseTo(kept[i]! / (1 - rate), 6));
        gradient!.forEach((slope, i) => expect(slope / dy[i]!).toBeCloseTo(kept[i]! / (1 - rate), 6));
      }
    });

    it('gives the same mask for the same seed, others for other seeds, steps and calls', () => {
      const n = 3e4;
      const seeds: [number, number][] = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [42, 0]]; // prettier-ignore
      const masks = ofOnes([n], 0.5, [0, 0], ...seeds);
      expect(masks[0]).toEqual(masks[1]);
      const calls = evaluate(
        (seed) =>
          trainWith(seed as tf.Tensor1D, () => [dropout(tf.ones([n]), 0.5), dropout(tf.ones([n]), 0.5)]),
        seedOf(0, 0),
      );
      expect(calls[0]).toEqual(masks[0]);
      const all = [...masks.slice(1), calls[1]!];
      const limit = 4 / Math.sqrt(n);
      all.forEach((mask, i) => {
        for (const other of all.slice(i + 1)) expect(Math.abs(correlation(mask, other))).toBeLessThan(limit);
        // Neighbours share a random word.
        expect(Math.abs(correlation(mask.slice(1), mask.slice(0, -1)))).toBeLessThan(limit);
      });
    });

    it.each([[[1]], [[3]], [[5, 7]], [[1, 1, 1]], [[2, 3, 5, 1]]])('takes the shape [%s]', (shape) => {
      const x = tf.fill(shape, 2);
      const [values] = evaluate(
        (x, seed) => {
          const y = trainWith(seed as tf.Tensor1D, () => dropout(x, 0.5));
          expect(y.shape).toEqual(shape);
          return [y];
        },
        x,
        seedOf(1, 1),
      );
      expect(values).toHaveLength(shape.reduce((a, b) => a * b));
      expect(values!.every((value) => value === 0 || value === 4)).toBe(true);
    });

    it.each([1, -0.1, NaN])('refuses a rate of %d', (rate) => {
      const x = tf.tensor1d([1]);
      expect(() => dropout(x, rate)).toThrow(`The dropout rate must be from 0 to below 1, got ${rate}.`);
      x.dispose();
    });
  });
});

describe('dropout by plain operations', () => {
  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
    await tf.setBackend('tensorflow');
  });

  it.each([[[24]], [[2, 3, 4]], [[8, 32, 33]], [[1001]]])(
    'has the same mask by XLA, whatever the seed, of shape %j',
    (shape) => {
      const drop = (x: tf.Tensor, seed: tf.Tensor) =>
        withKernels(false, () => trainWith(seed as tf.Tensor1D, () => dropout(dropout(x, 0.1), 0.3)));
      const [plain, xla] = [compile(drop), compile(drop, { xla: true })];
      for (const seed of [
        [7, 1],
        [3, 0],
        [-5, 9],
        [2 ** 31 - 1, -(2 ** 31)],
      ] as [number, number][]) {
        const [x, key] = [tf.ones(shape), seedOf(...seed)];
        const expected = Array.from(plain(x, key).dataSync());
        expect(Array.from(xla(x, key).dataSync())).toEqual(expected);
        expect(Array.from(drop(x, key).dataSync())).toEqual(expected);
      }
      plain.dispose();
      xla.dispose();
    },
  );
});
