import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitRows } from '../make-split.ts';
import { ownGroups } from './own-groups.ts';

const ids = Array.from({ length: 120 }, (_, row) => `r${row}`);
const targets = [Float64Array.from(ids, (_, row) => (row >> 1) % 2)];
const split = (kind: 'group' | 'stratified-group' | 'leave-one-group-out', cells: string[]) =>
  splitRows(
    { kind, seed: 1, group: 'user', ...(kind !== 'leave-one-group-out' && { k: 5 }) },
    { manifest: { task: 'binary', columns: {} }, train: { ids, targets, extra: { user: cells } } },
  );

it('gives each row without a group one of its own, and leaves the others', () => {
  expect(ownGroups(['a', '', 'a', 'nan', ''], ['0', '1', '2', '3', '4'])).toEqual([
    'a',
    'row 1',
    'a',
    'row 3',
    'row 4',
  ]);
  const names = ownGroups(['', 'row 0', ''], ['0', '1', '2']);
  expect(new Set(names).size).toBe(3);
  const full = ['a', 'NA'];
  expect(ownGroups(full, ['0', '1'])).toBe(full);
});

it.each(['group', 'stratified-group'] as const)('spreads rows without a group over the folds: %s', (kind) => {
  fc.assert(
    fc.property(fc.constantFrom('', ' ', 'NaN', '<NA>'), (none) => {
      // Half of the rows have none, the others are 12 users of 5 rows: 24 rows a fold.
      const cells = ids.map((_, row) => (row % 2 ? none : `u${row % 24}`));
      const folds = Array.from({ length: 5 }, (_, fold) => [...split(kind, cells).rows(fold).valid]);
      for (const rows of folds) {
        const without = rows.filter((row) => row % 2 === 1).length;
        expect(rows.length).toBeGreaterThanOrEqual(20);
        expect(rows.length).toBeLessThanOrEqual(28);
        expect(without).toBeLessThan(24);
      }
      const users = folds.flatMap((rows) => [
        ...new Set(rows.filter((row) => row % 2 === 0).map((row) => cells[row]!)),
      ]);
      expect(users.length).toBe(new Set(users).size);
    }),
  );
});

it('refuses them where each group is a fold', () => {
  expect(() => split('leave-one-group-out', ['', ...ids.slice(1).map((_, row) => `u${row % 3}`)])).toThrow(
    'row "r0" has none in the column "user" (""): fill the cell in or leave the row out',
  );
});
