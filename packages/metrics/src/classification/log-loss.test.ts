import { describe, expect, it } from 'vitest';
import { logLoss } from './log-loss.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('log-loss', () => {
  it('is better when lower', () => expect(logLoss.direction).toBe('lower'));

  it('is log 2 for a fair coin', () => {
    expect(logLoss.score(columns([0, 1]), columns([0.5, 0.5]))).toBe(Math.LN2);
  });

  it.each([
    [
      'a probability above 1',
      [[1]],
      [[1.5]],
      'row 0, column 0 of the predictions is 1.5; expected a probability',
    ],
    [
      'a negative one',
      [[1]],
      [[0.5], [-0.5]],
      'row 0, column 1 of the predictions is -0.5; expected a probability',
    ],
    [
      'classes that do not add up to 1',
      [[1]],
      [[0.5], [0.75]],
      'the probabilities of row 0 add up to 1.25; expected 1',
    ],
    ['an unknown class', [[2]], [[0.5], [0.5]], 'row 0 of the truth is 2; expected a class from 0 to 1'],
    ['half a class', [[0.5]], [[0.5], [0.5]], 'row 0 of the truth is 0.5; expected a class from 0 to 1'],
    ['a label of 2', [[2]], [[0.5]], 'row 0 of the truth is 2; expected 0 or 1'],
  ])('refuses %s', (_, truth, predictions, message) => {
    expect(() => logLoss.score(columns(...truth), columns(...predictions))).toThrow(new Error(message));
  });
});
