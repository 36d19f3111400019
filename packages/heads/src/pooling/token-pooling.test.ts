import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { findHead } from '../find-head.ts';
import { fixtureFaults } from '../testing/fixture-faults.ts';
import { TokenPooling } from './token-pooling.ts';

beforeAll(async () => {
  await startEngine();
});

describe('token', () => {
  it.each([
    ['token:0', (tokens: number[][]) => tokens[0]!],
    ['token:1', (tokens: number[][]) => tokens[1] ?? tokens[0]!],
    ['token:-1', (tokens: number[][]) => tokens.at(-1)!],
    ['token:-2', (tokens: number[][]) => tokens.at(-2) ?? tokens[0]!],
    ['token:4', (tokens: number[][]) => tokens[4] ?? tokens.at(-1)!],
  ])('passes every check of heads: %s', (spec, reference) => {
    expect(checkHead({ head: findHead(spec), reference })).toEqual([]);
  });

  it("gives sentence-transformers' last token with token:-1", () => {
    expect(fixtureFaults('token:-1')).toEqual([]);
  });

  it.each([
    [1, [2, 3]],
    [3, [3, 3]],
    [900, [3, 3]],
    [-2, [2, 2]],
    [-3, [1, 2]],
    [-900, [1, 2]],
  ])('takes the nearest token of a text that is too short for %i', (index, expected) => {
    // Texts of the tokens 1, 2, 3 and 2, 3, and a row that only fills up a batch; 9 is padding.
    const hidden = tf.tensor3d([[[1], [2], [3], [9]], [[2], [3], [9], [9]], [[9], [9], [9], [9]]]); // prettier-ignore
    const mask = tf.tensor2d([[1, 1, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0]], undefined, 'int32'); // prettier-ignore
    const pooled = new TokenPooling({ index }).apply([hidden, mask]) as tf.Tensor;
    expect(pooled.arraySync()).toEqual([...expected.map((x) => [x]), [0]]);
  });

  it.each([
    ['token', 'none'],
    ['token:', '""'],
    ['token:first', '"first"'],
    ['token:-0', '"-0"'],
    ['token:1.5', '"1.5"'],
  ])('refuses %s', (spec, got) => {
    expect(() => findHead(spec)).toThrow(
      `Head "token" takes an index from -9999 to 9999, as token:<index>; got ${got}.`,
    );
  });
});
