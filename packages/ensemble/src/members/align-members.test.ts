import { describe, expect, it } from 'vitest';
import { alignMembers } from './align-members.ts';
import type { Member } from './member.ts';

const member = (change: Partial<Member> = {}): Member => ({
  name: 'a',
  foldsHash: 'f'.repeat(64),
  ids: ['1', '2', '3'],
  columns: ['y'],
  predictions: [Float64Array.of(1, 2, 3)],
  targets: [Float64Array.of(0, 0.5, 1)],
  ...change,
});

describe('alignMembers', () => {
  it('puts the rows of all into the order of the first', () => {
    const reversed = member({
      name: 'b',
      ids: ['3', '2', '1'],
      predictions: [Float64Array.of(30, 20, 10)],
      targets: [Float64Array.of(1, 0.5, 0)],
    });
    expect(alignMembers([member(), reversed])).toEqual([
      [Float64Array.of(1, 2, 3)],
      [Float64Array.of(10, 20, 30)],
    ]);
    expect(reversed.predictions).toEqual([Float64Array.of(30, 20, 10)]);
  });

  it.each<[string, Partial<Member>, string]>([
    [
      'other folds',
      { foldsHash: 'e'.repeat(64) },
      'their folds differ (eeeeeeee and ffffffff); train both on the same folds',
    ],
    ['other columns', { columns: ['z'] }, 'it predicts z, the other y'],
    ['another row', { ids: ['1', '2', '4'] }, 'it lacks the row "3"'],
    ['a row too many', { ids: ['1', '2', '4', '3'] }, 'it has 4 rows instead of 3, such as "4"'],
    ['a row twice', { ids: ['1', '2', '2', '3'] }, 'it has 4 rows instead of 3, such as "2"'],
    [
      'other targets',
      { targets: [Float64Array.of(0, 0.25, 1)] },
      'the target of row "2" is 0.25 instead of 0.5',
    ],
    ['no targets', { targets: undefined }, 'they have unlike numbers of target columns'],
  ])('refuses members with %s', (_, change, message) => {
    expect(() => alignMembers([member(), member({ ...change, name: 'b' })])).toThrow(
      new Error(`b cannot be blended with a: ${message}`),
    );
  });

  it('refuses nothing and NaN', () => {
    expect(() => alignMembers([])).toThrow('there is nothing to blend: expected one run or more');
    expect(() => alignMembers([member({ predictions: [Float64Array.of(1, NaN, 3)] })])).toThrow(
      'a: the prediction of y for row "2" is NaN; expected a finite number',
    );
  });
});
