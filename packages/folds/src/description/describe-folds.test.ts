import { describe, expect, it } from 'vitest';
import { describeFolds } from './describe-folds.ts';
import { partition } from '../split/partition.ts';

describe('describeFolds', () => {
  const assignment = Int32Array.of(0, 1, 0, 1, 0);

  it('tells the size and the mean target of each fold and of all rows', () => {
    const targets = [Float64Array.of(1, 2, 3, 4, 8)];
    expect(describeFolds(partition(assignment, 2), { targets, columns: ['y'], task: 'regression' })).toEqual({
      names: ['y'],
      parts: [
        { fold: 0, name: '0', train: 2, rows: 3, labels: [4], quantiles: [[1, 1, 3, 8, 8]] },
        { fold: 1, name: '1', train: 3, rows: 2, labels: [3], quantiles: [[2, 2, 2, 4, 4]] },
        { fold: undefined, name: 'all', train: 5, rows: 5, labels: [3.6], quantiles: [[1, 2, 3, 4, 8]] },
      ],
      neverHeldOut: 0,
      warnings: [],
    });
  });

  it('tells the share of each class, and which class is too rare for some folds', () => {
    const labels = {
      targets: [Float64Array.of(0, 0, 1, 0, 0)],
      columns: ['y'],
      task: 'multi-class',
    } as const;
    const { names, parts, warnings } = describeFolds(partition(assignment, 2), {
      ...labels,
      classes: ['no', 'yes'],
    });
    expect(names).toEqual(['no', 'yes']);
    expect(parts.map((part) => part.labels)).toEqual([
      [2 / 3, 1 / 3],
      [1, 0],
      [0.8, 0.2],
    ]);
    expect(warnings).toEqual(['class "yes" has 1 row for 2 folds: some folds lack it']);
  });

  it('warns of a label that is almost always, or almost never, set', () => {
    const targets = [
      Float64Array.of(1, 1, 1, 1, 0),
      Float64Array.of(0, 0, 0, 0, 0),
      Float64Array.of(0, 1, 0, 1, 1),
    ];
    const { warnings } = describeFolds(partition(assignment, 2), {
      targets,
      columns: ['a', 'b', 'c'],
      task: 'multi-label',
    });
    expect(warnings).toEqual([
      '"a" = 0 has 1 row for 2 folds: some folds lack it',
      '"b" = 1 has 0 rows for 2 folds: some folds lack it',
    ]);
  });
});
