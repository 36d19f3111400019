import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashFolds } from '../split/hash-folds.ts';
import { hashTexts } from '../assignment/hash-texts.ts';
import { kFold } from './k-fold.ts';
import { splitRows, type SplitSource } from '../make-split.ts';
import { partition } from '../split/partition.ts';
import { quantileBins } from '../assignment/quantile-bins.ts';
import { stratifiedKFold } from './stratified-k-fold.ts';

/** Worked out by fixtures/make_folds.py. */
const reference = JSON.parse(readFileSync(new URL('../../fixtures/folds.json', import.meta.url), 'utf8')) as {
  ids: string[];
  classes: number[];
  values: number[];
  bins: number[];
  cases: {
    k: number;
    seed: number;
    hashes: number[];
    kFold: number[];
    hash: string;
    byClass: number[];
    byValue: number[];
    classCounts: number[][];
  }[];
};
const { ids } = reference;
const classes = Float64Array.from(reference.classes);
const values = Float64Array.from(reference.values);

const hashOf = (ids: string[], folds: ArrayLike<number>) =>
  hashFolds(ids, partition(Int32Array.from(folds), Math.max(...Array.from(folds)) + 1));
const stratified = (
  k: number,
  seed: number,
  task: SplitSource['manifest']['task'],
  rows: Omit<SplitSource['train'], 'extra'>,
) => {
  const source = { manifest: { task, columns: {} }, train: { ...rows, extra: {} } };
  return splitRows({ kind: 'stratified', k, seed }, source).codes[0]!.values;
};

describe.each(reference.cases)('with $k folds and seed $seed', ({ k, seed, ...expected }) => {
  it('hashTexts agrees with scikit-learn', () => {
    expect([...hashTexts(ids, seed)]).toEqual(expected.hashes);
  });

  it('kFold agrees with Python', () => expect([...kFold(ids, k, seed)]).toEqual(expected.kFold));

  it('hashFolds agrees with Python', () => expect(hashOf(ids, expected.kFold)).toBe(expected.hash));

  it('stratifies by class as Python', () => {
    expect([...stratified(k, seed, 'multi-class', { ids, targets: [classes] })]).toEqual(expected.byClass);
  });

  it('stratifies by quantile bin as Python', () => {
    expect([...stratified(k, seed, 'regression', { ids, targets: [values] })]).toEqual(expected.byValue);
  });

  it('puts as many rows of each class into each fold as scikit-learn', () => {
    const folds = stratifiedKFold(ids, classes, k, seed);
    const counts = expected.classCounts.map((row, fold) =>
      row.map((_, c) => folds.filter((f, i) => f === fold && classes[i] === c).length),
    );
    expect(counts).toEqual(expected.classCounts);
  });
});

describe('quantileBins', () => {
  it('agrees with Python', () => expect([...quantileBins(values)]).toEqual(reference.bins));

  it('splits four values into ⌈log₂ 4⌉ + 1 = 3 bins', () => {
    expect([...quantileBins(Float64Array.of(40, 10, 30, 20))]).toEqual([2, 0, 2, 1]);
  });

  it('puts equal values into one bin', () => {
    expect(new Set(quantileBins(new Float64Array(100))).size).toBe(1);
  });
});

describe('every split', () => {
  const rows = fc.uniqueArray(fc.tuple(fc.string(), fc.nat(4)), {
    minLength: 2,
    maxLength: 60,
    selector: ([id]) => id,
  });
  const split = fc
    .record({ rows, k: fc.integer({ min: 2, max: 60 }), seed: fc.nat() })
    .map((s) => ({ ...s, k: Math.min(s.k, s.rows.length) }));
  const foldsOf = (rows: [string, number][], k: number, seed: number) =>
    stratifiedKFold(
      rows.map(([id]) => id),
      rows.map(([, stratum]) => stratum),
      k,
      seed,
    );

  it('has sizes that differ by one at most, in all and in every stratum', () => {
    fc.assert(
      fc.property(split, ({ rows, k, seed }) => {
        const folds = foldsOf(rows, k, seed);
        for (const stratum of [undefined, 0, 1, 2, 3, 4]) {
          const sizes = new Array<number>(k).fill(0);
          rows.forEach(([, s], i) => {
            if (stratum === undefined || s === stratum) sizes[folds[i]!]!++;
          });
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('puts an id into the same fold in any order of the rows, with the same hash', () => {
    fc.assert(
      fc.property(split, fc.infiniteStream(fc.nat()), ({ rows, k, seed }, random) => {
        const shuffled = rows
          .map((row) => [random.next().value as number, row] as const)
          .sort(([a], [b]) => a - b)
          .map(([, row]) => row);
        const byId = (r: [string, number][]) => new Map(r.map(([id], i) => [id, foldsOf(r, k, seed)[i]]));
        expect(byId(shuffled)).toEqual(byId(rows));
        const hash = (r: [string, number][]) =>
          hashOf(
            r.map(([id]) => id),
            foldsOf(r, k, seed),
          );
        expect(hash(shuffled)).toBe(hash(rows));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a split', () => {
  const many = Array.from({ length: 1000 }, (_, i) => String(i));

  it('depends on the seed', () => {
    const other = kFold(many, 5, 2);
    const same = kFold(many, 5, 1).filter((fold, i) => fold === other[i]).length;
    // By chance 200 of 1000 rows agree, with a standard deviation of 13.
    expect(Math.abs(same - 200)).toBeLessThan(65);
  });

  it('has a hash that depends on ids and folds', () => {
    const hashes = [hashOf(['a', 'b'], [0, 1]), hashOf(['a', 'b'], [1, 0]), hashOf(['a', 'c'], [0, 1])];
    expect(new Set(hashes).size).toBe(3);
  });

  it('stratifies combinations of labels', () => {
    const a = Float64Array.of(0, 0, 1, 1, 0, 0, 1, 1);
    const b = Float64Array.of(0, 1, 0, 1, 0, 1, 0, 1);
    const folds = stratified(2, 3, 'multi-label', { ids: many.slice(0, 8), targets: [a, b] });
    for (const row of [0, 1, 2, 3]) expect(folds[row]! + folds[row + 4]!).toBe(1);
  });

  it.each([
    [
      'more folds than rows',
      () => kFold(['a', 'b', 'c'], 4, 0),
      '3 rows cannot be split into 4 folds: lower k, or add rows',
    ],
    ['one fold', () => kFold(['a', 'b'], 1, 0), 'expected 2 or more folds, got k = 1'],
    ['a part of a fold', () => kFold(['a', 'b', 'c'], 2.5, 0), 'expected 2 or more folds, got k = 2.5'],
    [
      'too few strata',
      () => stratifiedKFold(['a', 'b'], [1], 2, 0),
      'expected a stratum for each of 2 rows, got 1',
    ],
    [
      'a stratified split of two numbers',
      () => stratified(2, 0, 'regression', { ids: ['a', 'b'], targets: [classes, values] }),
      'stratified folds need one numeric target, got 2: use folds of the kind "multi-label" or "k-fold"',
    ],
  ])('refuses %s', (_, split, message) => expect(split).toThrow(new Error(message)));
});
