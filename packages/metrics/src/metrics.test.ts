import { describe, expect, it } from 'vitest';
import { findMetric } from './find-metric.ts';
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
    expect(() => metric.score(columns([1, 0], [1, 0]), columns([1, 0]))).toThrow('of 2 targets, got 1');
  });

  it('leaves its arguments as they were', () => {
    const [truth, predictions] = [columns([1, 0, 1]), columns([1, 0, 0])];
    metric.score(truth, predictions);
    expect([truth, predictions]).toEqual([columns([1, 0, 1]), columns([1, 0, 0])]);
  });
});

describe('findMetric', () => {
  it('finds by name', () => expect(findMetric('log-loss', 'multi-class')).toBe(metrics.get('log-loss')));

  it.each([
    ['RSME', 'rmse'],
    ['f1_macro', 'f1-macro'],
    ['fbeta', 'fbeta:2'],
    ['logloss', 'log-loss'],
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
      /^the metric "rmse" does not fit a binary task; those that do are accuracy, precision, .*, fbeta-weighted:2$/,
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
