import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { residualNorm } from './layer-norm.ts';
import { selfAttention } from './self-attention.ts';
import { everyWay } from './testing/every-way.ts';
import { wave } from './testing/wave.ts';
import { trainWith } from '../scope/scope.ts';

const seedOf = (run: number, step: number) => tf.tensor1d([run, step], 'int32');
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** Of n elements kept with this probability: within 5 standard deviations. */
function expectShare(kept: number, n: number, probability: number): void {
  expect(Math.abs(kept / n - probability)).toBeLessThan(5 * Math.sqrt((probability * (1 - probability)) / n));
}

describe('dropout inside of residualNorm', () => {
  const [rows, n] = [150, 70];
  /** Of x, without gamma and beta. */
  const norm = (x: tf.Tensor, residual: tf.Tensor, rate: number) =>
    residualNorm(
      x,
      residual,
      tf.zeros([n]),
      { gamma: tf.ones([n]), beta: tf.zeros([n]), epsilon: 1e-5 },
      rate,
    );

  everyWay((evaluate) => {
    /** The norm of nothing but dropped ones: each row has two values, of the kept and of the dropped. */
    const masks = (rate: number, ...seeds: [number, number][]) =>
      evaluate(
        (...seeds) =>
          seeds.map((seed) =>
            trainWith(seed as tf.Tensor1D, () => norm(tf.ones([rows, n]), tf.zeros([rows, n]), rate)),
          ),
        ...seeds.map((seed) => seedOf(...seed)),
      );

    it.each([0.1, 0.5])('drops a share of %f', (rate) => {
      const [values] = masks(rate, [1, 2]);
      expectShare(values!.filter((value) => value > 0).length, rows * n, 1 - rate);
    });

    it('draws the same for the same seed, else for others', () => {
      const [a, again, step, run] = masks(0.5, [1, 2], [1, 2], [1, 3], [2, 2]);
      expect(again).toEqual(a);
      for (const other of [step!, run!]) {
        const equal = other.filter((value, i) => value > 0 === a![i]! > 0).length;
        expectShare(equal, rows * n, 0.5);
      }
    });

    it('drops nothing outside of training', () => {
      const [plain, rated] = evaluate(
        (x, residual) => [norm(x, residual, 0), norm(x, residual, 0.5)],
        wave([rows, n], 0),
        wave([rows, n], 1),
      );
      expect(rated).toEqual(plain);
    });

    it('lets gradients through where it keeps, times 1 / (1 - rate)', () => {
      const rate = 0.25;
      const [mask, dx, dresidual] = evaluate(
        (x, residual, dy, seed) => {
          const run = (x: tf.Tensor, residual: tf.Tensor) =>
            trainWith(seed as tf.Tensor1D, () => norm(x, residual, rate));
          return [run(tf.ones([rows, n]), tf.zeros([rows, n])), ...tf.grads(run)([x, residual], dy)];
        },
        wave([rows, n], 0),
        wave([rows, n], 1),
        wave([rows, n], 2),
        seedOf(7, 1),
      );
      dx!.forEach((slope, i) =>
        expect(slope).toBeCloseTo(mask![i]! > 0 ? dresidual![i]! / (1 - rate) : 0, 5),
      );
    });

    it.each([1, NaN, -0.5])('refuses a rate of %d', (rate) => {
      expect(() => tf.tidy(() => norm(tf.ones([rows, n]), tf.zeros([rows, n]), rate))).toThrow(
        `The dropout rate must be from 0 to below 1, got ${rate}.`,
      );
    });
  });
});

describe("dropout of selfAttention's weights", () => {
  everyWay((evaluate) => {
    const attend = (qkv: tf.Tensor, rate: number, heads = 2) =>
      selfAttention(qkv as tf.Tensor3D, tf.zeros(qkv.shape.slice(0, 2) as [number, number]), { heads, rate });

    it.each([0.1, 0.5])('drops a share of %f and scales the rest', (rate) => {
      // Without queries and keys all 64 weights are 1/64; unit vectors as values bring each of them to the result.
      const tokens = 64;
      const [weights] = evaluate(
        (seed) => {
          const none = tf.zeros([1, tokens, tokens]);
          const qkv = tf.concat([none, none, tf.eye(tokens).expandDims(0)], 2);
          return [trainWith(seed as tf.Tensor1D, () => attend(qkv, rate, 1))];
        },
        seedOf(3, 4),
      );
      const kept = weights!.filter((weight) => weight !== 0);
      expectShare(kept.length, tokens * tokens, 1 - rate);
      for (const weight of kept) expect(weight).toBeCloseTo(1 / tokens / (1 - rate), 6);
    });

    it('drops nothing outside of training, and draws by seed, step and call', () => {
      const [qkv, seed, step, run] = [wave([2, 70, 24], 0), seedOf(1, 2), seedOf(1, 3), seedOf(2, 2)];
      const [plain, rated, a, second, again, other, another] = evaluate(
        (qkv, seed, step, run) => {
          const train = (seed: tf.Tensor) => trainWith(seed as tf.Tensor1D, () => attend(qkv, 0.5));
          const twice = trainWith(seed as tf.Tensor1D, () => [attend(qkv, 0.5), attend(qkv, 0.5)]);
          return [attend(qkv, 0), attend(qkv, 0.5), ...twice, train(seed), train(step), train(run)];
        },
        qkv,
        seed,
        step,
        run,
      );
      expect(rated).toEqual(plain);
      expect(again).toEqual(a);
      for (const values of [plain, second, other, another]) {
        const equal = values!.filter((value, i) => value === a![i]).length;
        expect(equal).toBeLessThan(values!.length / 20);
      }
    });

    it.each([5, 70])('has the gradient of what it computes, of %i tokens', (tokens) => {
      const shape = [2, tokens, 24];
      const h = 2 ** -6;
      const [dy, along] = [3, 4].map((k) => Array.from(wave([2, tokens, k === 3 ? 8 : 24], k).dataSync())) as [number[], number[]]; // prettier-ignore
      const [gradient, ahead, behind] = evaluate(
        (qkv, dy, along, seed) => {
          const run = (qkv: tf.Tensor) => trainWith(seed as tf.Tensor1D, () => attend(qkv, 0.3));
          return [tf.grad(run)(qkv, dy), run(qkv.add(along.mul(h))), run(qkv.sub(along.mul(h)))];
        },
        wave(shape, 0, 2),
        wave([2, tokens, 8], 3),
        wave(shape, 4),
        seedOf(5, 6),
      );
      const difference = dot(
        dy,
        ahead!.map((value, i) => (value - behind![i]!) / (2 * h)),
      );
      // The difference is off by h² of the third derivative, and by fp32 over h, times the 8 or so units of dy's norm.
      const size = Math.sqrt(dot(dy, dy));
      expect(Math.abs(dot(gradient!, along) - difference)).toBeLessThan(2e-3 * size);
      expect(Math.abs(difference)).toBeGreaterThan(0.02 * size);
    });

    it.each([1, NaN, -0.5])('refuses a rate of %d', (rate) => {
      expect(() => tf.tidy(() => attend(tf.ones([1, 2, 6]), rate))).toThrow(
        `The dropout rate must be from 0 to below 1, got ${rate}.`,
      );
    });
  });
});
