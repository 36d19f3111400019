import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { onEach } from './testing/on-each.ts';
import { expectRefused, expectSame } from './testing/expect-same.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

const ints = (values: number[]) => tf.tensor1d(values, 'int32');

describe('denseBincount', () => {
  const none = () => ints([]);

  it('counts a vector, leaving out what is not below the size', () =>
    expectSame(() => tf.denseBincount(ints([1, 1, 2, 5, 0]), none(), 4)));

  it('sums weights', () => expectSame(() => tf.denseBincount(ints([1, 1, 2]), tf.tensor1d([0.5, 2, -1]), 3)));

  it('counts rows', () =>
    expectSame(() =>
      tf.denseBincount(tf.tensor2d([1, 1, 0, 3, 3, 3], [2, 3], 'int32') as never, none() as never, 4),
    ));

  it('sums the weights of rows', () =>
    expectSame(() =>
      tf.denseBincount(tf.tensor2d([1, 1, 0, 0], [2, 2], 'int32'), tf.tensor2d([1, 2, 3, 4], [2, 2]), 3),
    ));

  it('says which numbers there are in rows', () =>
    expectSame(() =>
      tf.denseBincount(tf.tensor2d([1, 1, 0, 3], [2, 2], 'int32') as never, none() as never, 4, true),
    ));

  it('says which numbers there are in a vector as well, which the plain kernel does not', async () => {
    const { eager } = await onEach(() => tf.denseBincount(ints([1, 1, 3]), none(), 4, true));
    expect(eager.tensors![0]!.values).toEqual([0, 1, 0, 1]);
  });

  it('counts nothing', () => expectSame(() => tf.denseBincount(none(), none(), 3)));

  it('refuses negative numbers', async () => {
    const { plain, eager } = await onEach(() => tf.denseBincount(ints([-1]), none(), 3));
    expect(plain.refused).toContain('non-negative');
    expect(eager.refused).toContain('non-negative');
  });
});

describe('searchSorted', () => {
  const rows = () => tf.tensor2d([0, 3, 9, 9, 10, 1, 2, 3, 4, 5], [2, 5]);
  const wanted = () => tf.tensor2d([9, 4, -1, 9.5, 5, 0], [2, 3]);

  it.each(['left', 'right'] as const)('finds places in rows, from the %s', (side) =>
    expectSame(() => tf.searchSorted(rows(), wanted(), side)),
  );

  it('finds places in a vector of whole numbers', () =>
    expectSame(() => tf.searchSorted(ints([1, 3, 5]), ints([0, 3, 9]))));

  it('compares whole numbers with floats as they are', () =>
    expectSame(() =>
      tf.searchSorted(ints([1, 16777216, 16777217]), tf.tensor1d([16777216.0, 1.5]), 'right'),
    ));

  it('refuses other numbers of rows', () =>
    expectRefused(() => tf.searchSorted(rows(), tf.tensor2d([1, 2, 3], [3, 1]))));
});

describe('bitwiseAnd', () => {
  it('takes the bits that both have', () =>
    expectSame(() => tf.bitwiseAnd(ints([0, 5, 3, 14, -1]), ints([5, 0, 7, 11, 6]))));

  it('refuses other shapes', () => expectRefused(() => tf.bitwiseAnd(ints([1, 2, 3]), ints([1, 2]))));
});
