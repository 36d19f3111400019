import { describe, expect, it } from 'vitest';
import { defineMetric, type MetricDefinition } from './define-metric.ts';
import { findMetric } from './find-metric.ts';
import { isOwnMetric } from './own-metric.ts';

const definition: MetricDefinition = {
  name: 'worst-error',
  direction: 'lower',
  takes: 'numbers',
  score: ([truth], [predicted]) => Math.max(...truth!.map((y, row) => Math.abs(y - predicted![row]!))),
};

describe('defineMetric', () => {
  it('makes a metric that is found as it is', () => {
    const metric = defineMetric(definition);
    expect(findMetric(metric, 'binary')).toBe(metric);
    expect(metric.score([Float64Array.of(1, 2)], [Float64Array.of(1, 5)])).toBe(3);
    expect(metric.source).toContain('Math.abs');
    expect([isOwnMetric(metric), isOwnMetric(definition)]).toEqual([true, false]);
  });

  it('keeps what a function does to its arguments away from the predictions', () => {
    const { score } = defineMetric({ ...definition, score: (_, [predicted]) => predicted!.sort()[0]! });
    const predictions = [Float64Array.of(3, 1)];
    expect(score([Float64Array.of(0, 0)], predictions)).toBe(1);
    expect(predictions).toEqual([Float64Array.of(3, 1)]);
  });

  it('gives weights to a function that takes them, and to no other', () => {
    const columns = [Float64Array.of(1, 2)];
    const weights = Float64Array.of(3, 4);
    const score: MetricDefinition['score'] = (_truth, _predictions, weights) => weights![1]!;
    expect(defineMetric({ ...definition, takesWeights: true, score }).score(columns, columns, weights)).toBe(
      4,
    );
    expect(() => defineMetric(definition).score(columns, columns, weights)).toThrow(
      new Error('the metric "worst-error" takes no weights'),
    );
  });

  it('must fit the task', () => {
    const metric = defineMetric({ ...definition, tasks: ['regression'] });
    expect(() => findMetric(metric, 'ordinal')).toThrow('"worst-error" does not fit a ordinal task');
  });

  it.each([
    [
      'rows that are not finite',
      definition,
      NaN,
      'row 0, column 0 of the predictions is NaN; expected a finite number',
    ],
    [
      'a function without a result',
      { ...definition, score: (() => undefined) as unknown as MetricDefinition['score'] },
      0,
      'the metric "worst-error" returned undefined; expected a number',
    ],
  ])('refuses %s', (_, of, predicted, message) => {
    const { score } = defineMetric(of);
    expect(() => score([Float64Array.of(0)], [Float64Array.of(predicted)])).toThrow(new Error(message));
  });

  it.each([
    [{ name: 'rmse' }, 'name: there is a metric "rmse" already; expected another name'],
    [{ name: 'two words' }, 'name: expected letters, digits and -_.:@, the first a letter, got "two words"'],
    [{ direction: 'up' }, 'direction: expected "lower" or "higher", got "up"'],
    [{ takes: 'labels' }, 'takes: expected "numbers", "probabilities", "classes" or "ranks", got "labels"'],
    [{ score: undefined }, 'score: expected a function, got undefined'],
    [
      { tasks: ['binry'] },
      'tasks: expected a list of regression, binary, multi-class, multi-label, ordinal, got ["binry"]',
    ],
    [{ weights: true }, 'unknown key "weights"; the nearest known one is "takes"'],
  ])('refuses %o', (change, message) => {
    expect(() => defineMetric({ ...definition, ...change } as MetricDefinition)).toThrow(
      new Error(`defineMetric: ${message}`),
    );
  });
});
