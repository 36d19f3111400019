import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { groupKFold } from './group-k-fold.ts';
import { multiLabelKFold } from './multi-label-k-fold.ts';
import { stratifiedGroupKFold } from './stratified-group-k-fold.ts';
import { timeSeries } from './time-series.ts';

interface Quality {
  sizeSpread: number[];
  labelSpread: number[];
}

/** What scikit-learn and iterative-stratification made of the same rows, by fixtures/make_quality.py. */
const reference = JSON.parse(
  readFileSync(new URL('../../fixtures/quality.json', import.meta.url), 'utf8'),
) as {
  grouped: { k: number; groups: number[]; classes: number[]; group: Quality; stratifiedGroup: Quality }[];
  labelled: { k: number; labels: string[]; multiLabel: Quality }[];
  series: {
    rows: number;
    k: number;
    gap?: number;
    max_train_size?: number;
    test_size?: number;
    splits: [number, number, number, number][];
  }[];
};

const seeds = [0, 1, 2, 3, 4];
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function qualityOf(splits: Int32Array[], labels: ArrayLike<number>[], k: number): Quality {
  const countsOf = (folds: Int32Array, label?: ArrayLike<number>) => {
    const counts = new Array<number>(k).fill(0);
    folds.forEach((fold, row) => (counts[fold]! += label ? label[row]! : 1));
    return counts;
  };
  const spread = (counts: number[]) => {
    const shares = counts.map((count) => count / mean(counts) / k);
    return Math.sqrt(mean(shares.map((share) => (share - 1 / k) ** 2)));
  };
  return {
    sizeSpread: splits.map((folds) => Math.max(...countsOf(folds)) - Math.min(...countsOf(folds))),
    labelSpread: splits.map((folds) => mean(labels.map((label) => spread(countsOf(folds, label))))),
  };
}

describe.each(reference.grouped.map((one, i) => ({ ...one, i })))(
  'rows in groups, $i, in $k folds',
  ({ k, groups: numbers, classes, group, stratifiedGroup }) => {
    const groups = numbers.map(String);
    const labels = [0, 1, 2, 3].map((c) => classes.map((other) => Number(other === c)));

    it('groups give folds as large as each other as those of scikit-learn', () => {
      const ours = qualityOf(
        seeds.map((seed) => groupKFold(groups, k, seed)),
        labels,
        k,
      );
      expect(mean(ours.sizeSpread)).toBeLessThanOrEqual(mean(group.sizeSpread));
    });

    it('stratified groups have shares of classes as even as those of scikit-learn', () => {
      const equal = new Array<number>(k).fill(1 / k);
      const splits = seeds.map((seed) => stratifiedGroupKFold(groups, labels, equal, seed));
      const ours = qualityOf(splits, labels, k);
      expect(mean(ours.labelSpread)).toBeLessThanOrEqual(mean(stratifiedGroup.labelSpread));
      expect(mean(ours.sizeSpread)).toBeLessThanOrEqual(mean(stratifiedGroup.sizeSpread));
    });
  },
);

describe.each(reference.labelled.map((one, i) => ({ ...one, i })))(
  'rows with labels, $i, in $k folds',
  ({ k, labels: texts, multiLabel }) => {
    it('have shares of labels as even as those of iterative-stratification', () => {
      const labels = texts.map((text) => Array.from(text, Number));
      const ids = labels[0]!.map((_, row) => String(row));
      const ours = qualityOf(
        seeds.map((seed) => multiLabelKFold(ids, labels, k, seed)),
        labels,
        k,
      );
      expect(mean(ours.labelSpread)).toBeLessThanOrEqual(mean(multiLabel.labelSpread) + 1e-12);
      expect(mean(ours.sizeSpread)).toBeLessThanOrEqual(mean(multiLabel.sizeSpread));
    });
  },
);

describe('timeSeries', () => {
  it.each(reference.series)('splits as scikit-learn: %j', ({ rows, k, gap, splits, ...sizes }) => {
    const times = Float64Array.from({ length: rows }, (_, row) => row / 2);
    const split = timeSeries(times, {
      k,
      gap,
      validRows: sizes.test_size,
      window: sizes.max_train_size === undefined ? 'expanding' : 'sliding',
      trainRows: sizes.max_train_size,
    });
    const ends = (all: Int32Array) => [all[0]!, all.at(-1)!];
    expect(
      split.names.map((_, fold) => [...ends(split.rows(fold).train), ...ends(split.rows(fold).valid)]),
    ).toEqual(splits);
  });
});
