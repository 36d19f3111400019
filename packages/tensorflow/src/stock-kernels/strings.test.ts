import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { expectRefused, expectSame } from './testing/expect-same.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

const ints = (values: number[]) => tf.tensor1d(values, 'int32');

describe('stringNGrams', () => {
  const words = () => tf.tensor1d(['a', 'größer als zweiundzwanzig Byte', 'c', 'd', 'e', 'f']);

  it.each([
    ['of two widths, padded', [2, 3], 'L', 'R', -1, false],
    ['without padding', [2], '', '', 0, false],
    ['with short rows kept', [4], 'L', 'R', 1, true],
  ] as const)('makes them %s', (_, widths, left, right, padWidth, keeps) =>
    expectSame(
      () =>
        tf.string.stringNGrams(words(), ints([0, 4, 4, 6]), '|', [...widths], left, right, padWidth, keeps),
      true,
    ),
  );

  it('refuses limits beyond the words', () =>
    expectRefused(() => tf.string.stringNGrams(words(), ints([0, 7]), '|', [2], '', '', 0, false)));
});

describe('stringSplit', () => {
  it.each([
    [' ', true],
    [' ', false],
    ['', true],
    [' ,', true],
  ])('splits at "%s", without empty parts: %s', (delimiter, skipEmpty) =>
    expectSame(
      () => tf.string.stringSplit(tf.tensor1d(['hello  world', '', ' a,b c']), delimiter, skipEmpty),
      true,
    ),
  );

  it('refuses a matrix', () =>
    expectRefused(() => tf.string.stringSplit(tf.tensor2d(['a', 'b'], [1, 2]) as never, ' ')));
});

describe('stringToHashBucketFast', () => {
  it.each([1, 10, 2 ** 31 - 1])('hashes into %d buckets', (buckets) =>
    expectSame(() =>
      tf.string.stringToHashBucketFast(
        tf.tensor2d(['a', 'b', '', 'größer als zweiundzwanzig Byte'], [2, 2]),
        buckets,
      ),
    ),
  );

  it("is TensorFlow's hash", () => {
    // tf.strings.to_hash_bucket_fast(["Hello", "TensorFlow", "2.x"], 3), of its documentation.
    const hashes = tf.string.stringToHashBucketFast(tf.tensor1d(['Hello', 'TensorFlow', '2.x']), 3);
    expect([...hashes.dataSync()]).toEqual([0, 2, 2]);
  });

  it('refuses no buckets', () =>
    expectRefused(() => tf.string.stringToHashBucketFast(tf.tensor1d(['a']), 0)));
});
