import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findMetric } from './find-metric.ts';
import { metricFamilies } from './metric-families.ts';
import { metrics } from './metrics.ts';
import { shownMetrics } from './shown-metrics.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe.each([...metrics])('the metric %s', (name, metric) => {
  it('is registered by its own name', () => expect(metric.name).toBe(name));

  it.each([
    ['no rows', [[]], [[]], 'a metric needs one row or more, got none'],
    ['no columns', [], [], 'a metric needs one row or more, got none'],
    ['no predictions', [[1]], [], 'there are no columns in the predictions'],
    ['lengths that differ', [[1, 0]], [[1]], 'column 0 of the predictions has length 1; expected 2'],
    ['targets of unlike length', [[1], [1, 0]], [[1], [1]], 'column 1 of the truth has length 2; expected 1'],
    ['NaN', [[1, 0]], [[1, NaN]], 'row 1, column 0 of the predictions is NaN; expected a finite number'],
    ['infinity', [[Infinity]], [[1]], 'row 0, column 0 of the truth is Infinity; expected a finite number'],
  ])('refuses %s', (_, truth, predictions, message) => {
    expect(() => metric.score(columns(...truth), columns(...predictions))).toThrow(new Error(message));
  });

  it('refuses predictions of too few targets', () => {
    expect(() => metric.score(columns([1, 0], [1, 0]), columns([1, 0]))).toThrow('of 2 targets');
  });

  it.each([
    ['weights of another length', [1], 'there are 1 weights; expected one for each of 2 rows'],
    ['NaN as a weight', [1, NaN], 'the weight of row 1 is NaN; expected a number of 0 or more'],
    ['an infinite weight', [Infinity, 1], 'the weight of row 0 is Infinity; expected a number of 0 or more'],
    ['a negative weight', [1, -1], 'the weight of row 1 is -1; expected a number of 0 or more'],
    ['weights of 0 alone', [0, 0], 'all weights are 0; expected one above 0'],
  ])('refuses %s', (_, weights, message) => {
    const none = `the metric "${name}" takes no weights`;
    expect(() => metric.score(columns([1, 0]), columns([1, 0]), Float64Array.from(weights))).toThrow(
      new Error(metric.takesWeights ? message : none),
    );
  });
});

it('are all in docs/metrics.md', () => {
  const page = readFileSync(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8');
  const written = new Set(Array.from(page.matchAll(/`([^`\n]+)`/g), ([, code]) => code));
  const examples = metricFamilies.map(({ prefix, example }) => `${prefix}${example}`);
  expect([...metrics.keys(), ...examples].filter((name) => !written.has(name))).toEqual([]);
});

describe('findMetric', () => {
  it('finds by name', () => expect(findMetric('log-loss', 'multi-class')).toBe(metrics.get('log-loss')));

  it.each([
    ['RSME', 'rmse'],
    ['f1_macro', 'f1-macro'],
    ['fbeta', 'fbeta:2'],
    ['logloss', 'log-loss'],
    ['map', 'map@3'],
    ['AUC', 'roc-auc'],
  ])('names the nearest of the known ones for %s', (wrong, right) => {
    expect(() => findMetric(wrong)).toThrow(
      `there is no metric "${wrong}"; the nearest is "${right}"; known are rmse, mcrmse, `,
    );
  });

  it('makes those with a number in their names, which has one way of writing', () => {
    expect(findMetric('fbeta:2.0').name).toBe('fbeta:2');
    expect(findMetric('fbeta-macro:0.5', 'multi-class').name).toBe('fbeta-macro:0.5');
  });

  it.each([
    ['map@0', '"0" in the metric "map@0": expected a whole number of 1 or more, as in map@3'],
    ['ndcg@2.5', '"2.5" in the metric "ndcg@2.5": expected a whole number of 1 or more, as in ndcg@10'],
    ['fbeta:0', '"0" in the metric "fbeta:0": expected a number above 0, as in fbeta:2'],
    ['fbeta:', '"" in the metric "fbeta:": expected a number above 0, as in fbeta:2'],
    [
      'fbeta-micro:two',
      '"two" in the metric "fbeta-micro:two": expected a number above 0, as in fbeta-micro:2',
    ],
  ])('refuses %s', (name, message) => {
    expect(() => findMetric(name)).toThrow(new Error(message));
  });

  it('lists the metrics of the task', () => {
    expect(() => findMetric('rmse', 'binary')).toThrow(
      /^the metric "rmse" does not fit a binary task; those that do are accuracy, balanced-accuracy, .*, fbeta-weighted:2$/,
    );
  });
});

describe.each(['regression', 'binary', 'multi-class', 'multi-label', 'ordinal'] as const)(
  'the metrics that records of a %s task have',
  (task) => {
    it('fit it', () => {
      expect(shownMetrics(task).length).toBeGreaterThan(1);
      for (const metric of shownMetrics(task)) expect(metric.tasks).toContain(task);
    });
  },
);
