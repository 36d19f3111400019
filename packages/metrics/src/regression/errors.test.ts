import { describe, expect, it } from 'vitest';
import { mae, mcrmse, mse, rmse } from './errors.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('mse', () => {
  it('is better when lower', () => expect(mse.direction).toBe('lower'));

  it('is (1² + 3²) / 2 for errors of 1 and 3', () => {
    expect(mse.score(columns([1, 2]), columns([2, 5]))).toBe(5);
  });
});

describe('rmse', () => {
  it('is better when lower', () => expect(rmse.direction).toBe('lower'));

  it('is √((1² + 7²) / 2) for errors of 1 and 7', () => {
    expect(rmse.score(columns([1, 2]), columns([2, 9]))).toBe(5);
  });

  it('averages the targets after the root', () => {
    expect(rmse.score(columns([0, 0], [0, 0]), columns([1, 1], [3, 3]))).toBe(2);
  });
});

describe('mcrmse', () => {
  it('is better when lower', () => expect(mcrmse.direction).toBe('lower'));

  it('averages the targets after the root', () => {
    expect(mcrmse.score(columns([0, 0], [0, 0]), columns([1, 1], [3, 3]))).toBe(2);
  });
});

describe('mae', () => {
  it('is better when lower', () => expect(mae.direction).toBe('lower'));

  it('is (1 + 3) / 2 for errors of 1 and -3', () => {
    expect(mae.score(columns([1, 2]), columns([2, -1]))).toBe(2);
  });
});
