import { describe, expect, it } from 'vitest';
import { findMetric } from './find-metric.ts';
import { metrics } from './metrics.ts';
import { referenceCases } from './reference-cases.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe.each(Object.entries(metrics))('the metric %s', (name, metric) => {
  it('is registered by its own name and has reference cases', () => {
    expect(metric.name).toBe(name);
    expect(referenceCases(metric).length).toBeGreaterThan(5);
  });

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
  it('finds by name', () => expect(findMetric('log-loss', 'multi-class')).toBe(metrics['log-loss']));

  it('names the nearest of the known ones', () => {
    expect(() => findMetric('RSME')).toThrow(
      new Error(
        'there is no metric "RSME"; the nearest is "rmse"; known are rmse, mcrmse, mse, mae, r2, pearson, spearman, accuracy, qwk, log-loss, roc-auc',
      ),
    );
  });

  it('lists the metrics of the task', () => {
    expect(() => findMetric('rmse', 'binary')).toThrow(
      new Error(
        'the metric "rmse" does not fit a binary task; those that do are accuracy, log-loss, roc-auc',
      ),
    );
  });
});
