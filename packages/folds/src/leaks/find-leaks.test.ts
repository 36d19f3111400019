import { expect, it } from 'vitest';
import { findLeaks } from './find-leaks.ts';
import { partition } from '../split/partition.ts';

it('names the groups that a fold tears apart, with a row on either side', () => {
  const split = partition(Int32Array.of(0, 0, 1, 1, -1, 2), 3);
  const groups = [[0, 1], [0, 2], [3, 4], [2, 3], Int32Array.of(5), [1, 5, 0]]; // prettier-ignore
  expect(findLeaks(split, groups)).toEqual([
    { group: 1, fold: 0, train: 2, valid: 0 },
    { group: 2, fold: 1, train: 4, valid: 3 },
    { group: 5, fold: 0, train: 5, valid: 1 },
  ]);
});
