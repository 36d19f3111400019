import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { canPackSequences } from './kernels.ts';
import { padSequences, unpadSequences } from './pad-sequences.ts';
import { selfAttention } from './self-attention.ts';
import { expectClose } from './testing/expect-close.ts';
import { readFixture } from './testing/read-fixture.ts';
import { wave } from './testing/wave.ts';
import { trainWith } from '../scope/scope.ts';
import { packedSequences, withKernels, withPackedSequences, type PackedSequences } from '../scope/scope.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

/** Sequences of these lengths, one after another, and some rows that belong to none. */
function sequencesOf(lengths: readonly number[], rest = 0): PackedSequences & { rows: number } {
  const starts = [0];
  for (const length of lengths) starts.push(starts.at(-1)! + length);
  const rows = starts.at(-1)! + rest;
  const positions = lengths.flatMap((length) => Array.from({ length }, (_, i) => i));
  return {
    starts: tf.tensor1d(starts, 'int32'),
    positions: tf.tensor2d([...positions, ...Array<number>(rest).fill(0)], [1, rows], 'int32'),
    longest: Math.max(...lengths),
    rows,
  };
}

/** Eager, and compiled. */
const ways = [
  ['eager', <F extends (...inputs: tf.Tensor[]) => tf.Tensor[]>(fn: F): F => fn],
  ['compiled', (fn: (...inputs: tf.Tensor[]) => tf.Tensor[]) => compile(fn)],
] as const;

describe('padSequences', () => {
  it.each(ways)('gives each row its place, and takes gradients from there: %s', (_, prepare) => {
    const sequences = sequencesOf([2, 0, 3, 1], 2);
    const hidden = tf.tensor3d(Array.from({ length: sequences.rows * 2 }, (_, i) => i + 1), [1, sequences.rows, 2]); // prettier-ignore
    const mask = tf.zeros<tf.Rank.R2>([4, 3], 'int32');
    const pad = prepare((hidden, dy) => {
      const apply = (x: tf.Tensor) => padSequences(x as tf.Tensor3D, mask, sequences);
      return [apply(hidden), tf.grad(apply)(hidden, dy)];
    });
    const dy = tf.tensor3d(
      Array.from({ length: 24 }, (_, i) => 100 + i),
      [4, 3, 2],
    );
    const [padded, gradient] = pad(hidden, dy);
    expect(padded!.arraySync()).toEqual([
      [[1, 2], [3, 4], [0, 0]], // prettier-ignore
      [[0, 0], [0, 0], [0, 0]], // prettier-ignore
      [[5, 6], [7, 8], [9, 10]], // prettier-ignore
      [[11, 12], [0, 0], [0, 0]], // prettier-ignore
    ]);
    // What lies behind the sequences gets none of it.
    expect(gradient!.arraySync()).toEqual([
      [[100, 101], [102, 103], [112, 113], [114, 115], [116, 117], [118, 119], [0, 0], [0, 0]], // prettier-ignore
    ]);
  });

  it.each([
    ['a sequence longer than its places', [4], [1, 3], 'starts[1] is 4 after 0, expected none less and at most 3 more'], // prettier-ignore
    ['another number of sequences', [2, 1], [3, 3], 'like is [3,3], expected [2,places] since starts is [3]'],
  ])('refuses %s', (_, lengths, places, message) => {
    const sequences = sequencesOf(lengths);
    const hidden = tf.zeros<tf.Rank.R3>([1, sequences.rows, 2]);
    expect(() => padSequences(hidden, tf.zeros(places as [number, number], 'int32'), sequences)).toThrow(
      `FoldwisePad: ${message}`,
    );
  });
});

describe('unpadSequences', () => {
  it.each(ways)('takes each row from its place, and brings gradients there: %s', (_, prepare) => {
    const sequences = sequencesOf([2, 0, 3, 1], 2);
    const x = tf.tensor3d(Array.from({ length: 24 }, (_, i) => i + 1), [4, 3, 2]); // prettier-ignore
    const mask = tf.zeros<tf.Rank.R2>([4, 3], 'int32');
    const unpad = prepare((x, dy) => {
      const apply = (x: tf.Tensor) => unpadSequences(x as tf.Tensor3D, mask, sequences);
      return [apply(x), tf.grad(apply)(x, dy)];
    });
    const dy = tf.tensor3d(Array.from({ length: 16 }, (_, i) => 100 + i), [1, 8, 2]); // prettier-ignore
    const [rows, gradient] = unpad(x, dy);
    expect(rows!.arraySync()).toEqual([
      [[1, 2], [3, 4], [13, 14], [15, 16], [17, 18], [19, 20], [0, 0], [0, 0]], // prettier-ignore
    ]);
    expect(gradient!.arraySync()).toEqual([
      [[100, 101], [102, 103], [0, 0]], // prettier-ignore
      [[0, 0], [0, 0], [0, 0]], // prettier-ignore
      [[104, 105], [106, 107], [108, 109]], // prettier-ignore
      [[110, 111], [0, 0], [0, 0]], // prettier-ignore
    ]);
  });
});

describe('selfAttention of unpadded sequences', () => {
  const fixture = readFixture('self_attention') as {
    qkv: number[][][];
    mask: number[][];
    heads: number;
    y: number[][][];
  };
  const lengths = fixture.mask.map((row) => row.filter((value) => value === 1).length);
  /** Of [sequences, tokens, width], the rows of the sequences alone, and zeros for some that belong to none. */
  const rowsOf = (values: number[][][], rest: number) => [
    ...values.flatMap((sequence, i) => sequence.slice(0, lengths[i])),
    ...Array.from({ length: rest }, () => values[0]![0]!.map(() => 0)),
  ];

  it.each(ways)("gives PyTorch's values of sequences that are padded: %s", (_, prepare) => {
    const sequences = sequencesOf(lengths, 3);
    const attend = prepare((qkv) => [
      withPackedSequences(sequences, () =>
        selfAttention(qkv as tf.Tensor3D, tf.zeros([1, 1]), { heads: fixture.heads }),
      ),
    ]);
    const [value] = attend(tf.tensor3d([rowsOf(fixture.qkv, 3)]));
    expectClose(value!.dataSync(), [rowsOf(fixture.y, 3)]);
  });

  // Sequences of whole vectors and others, short and longer than a block of queries; bf16 sums pairs of tokens.
  it.each(ways)('has the gradients of sequences that are padded: %s', (_, prepare) => {
    const lengths = [5, 70, 16, 1, 33];
    const [sequences, longest, heads, width] = [sequencesOf(lengths, 6), 70, 2, 10];
    const bias = wave<tf.Rank.R1>([3 * width], 3);
    const mask = tf.tensor2d(
      lengths.map((length) => Array.from({ length: longest }, (_, i) => (i < length ? 1 : 0))),
    );
    const padded = (x: tf.Tensor) => padSequences(x as tf.Tensor3D, mask.toInt<tf.Tensor2D>(), sequences);
    const qkv = wave([1, sequences.rows, 3 * width], 1);
    const dy = wave([1, sequences.rows, width], 2);
    const attend = (qkv: tf.Tensor, bias: tf.Tensor) =>
      withPackedSequences(sequences, () =>
        selfAttention(qkv as tf.Tensor3D, tf.zeros([1, 1]), { heads, bias: bias as tf.Tensor1D }),
      );
    const attendPadded = (qkv: tf.Tensor, bias: tf.Tensor) =>
      selfAttention(qkv as tf.Tensor3D, mask.sub(1).mul<tf.Tensor2D>(1e9), {
        heads,
        bias: bias as tf.Tensor1D,
      });
    const [dqkv, dbias] = prepare((qkv, dy) => tf.grads(attend)([qkv, bias], dy))(qkv, dy);
    const [expected, expectedBias] = tf.grads(attendPadded)([padded(qkv), bias], padded(dy));
    expectClose(padded(dqkv!).dataSync(), expected!.arraySync());
    expectClose(dbias!.dataSync(), expectedBias!.arraySync());
    expect(
      Math.max(
        ...dqkv!
          .slice([0, sequences.rows - 6, 0])
          .abs()
          .dataSync(),
      ),
    ).toBe(0);
  });

  it('drops weights of each sequence by numbers of its own', () => {
    const sequences = sequencesOf([9, 9]);
    const sequence = wave([1, 9, 12], 1);
    const seed = tf.tensor1d([1, 2], 'int32');
    const attended = (rate: number) =>
      trainWith(seed, () =>
        withPackedSequences(sequences, () =>
          selfAttention(tf.concat([sequence, sequence], 1) as tf.Tensor3D, tf.zeros([1, 1]), {
            heads: 2,
            rate,
          }),
        ),
      );
    const halves = (value: tf.Tensor) => tf.split(value, 2, 1).map((half) => Array.from(half.dataSync()));
    const [plain, same] = halves(attended(0));
    expect(same).toEqual(plain);
    const dropped = attended(0.5);
    const [first, second] = halves(dropped);
    expect(second).not.toEqual(first);
    expect(attended(0.5).dataSync()).toEqual(dropped.dataSync());
  });

  it.each([
    ['that go back', [0, 3, 2], 'starts[2] is 2 after 3'],
    ['behind the rows', [0, 3, 5], 'starts ends with 5, expected at most 4'],
    ['below 0', [-1, 2, 4], 'starts begins with -1, expected 0'],
    ['whose first rows belong to none', [1, 2, 4], 'starts begins with 1, expected 0'],
  ])('refuses starts %s', (_, starts, message) => {
    const sequences = { ...sequencesOf([2, 2]), starts: tf.tensor1d(starts, 'int32') };
    expect(() =>
      withPackedSequences(sequences, () =>
        selfAttention(tf.zeros([1, 4, 6]), tf.zeros([1, 1]), { heads: 1 }),
      ),
    ).toThrow(`FoldwiseAttention: ${message}`);
  });
});

describe('withPackedSequences', () => {
  it('ends with its body, whatever comes of it', () => {
    const sequences = sequencesOf([1]);
    expect(withPackedSequences(sequences, packedSequences)).toBe(sequences);
    expect(() =>
      withPackedSequences(sequences, () => {
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(packedSequences()).toBeUndefined();
  });

  it('needs kernels', () => {
    expect(canPackSequences()).toBe(true);
    withKernels(false, () => {
      expect(canPackSequences()).toBe(false);
      expect(() =>
        withPackedSequences(sequencesOf([2]), () =>
          selfAttention(tf.zeros([1, 2, 6]), tf.zeros([1, 1]), { heads: 1 }),
        ),
      ).toThrow('see `canPackSequences`');
    });
  });
});
