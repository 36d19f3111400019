import { describe, expect, it } from 'vitest';
import { nnls } from './nnls.ts';

const matrix = (rows: number[][]): Float64Array[] => rows.map((row) => Float64Array.from(row));

describe('nnls', () => {
  it('is the free solution where that is positive', () => {
    // 2x + y = 4 and x + 3y = 7: x = 1, y = 2.
    const x = nnls(
      matrix([
        [2, 1],
        [1, 3],
      ]),
      Float64Array.of(4, 7),
    );
    expect(x[0]).toBeCloseTo(1, 10);
    expect(x[1]).toBeCloseTo(2, 10);
  });

  it('leaves out what would be negative', () => {
    // Free: x = 4, y = -1. With y = 0: x = 7 / 2.
    expect([
      ...nnls(
        matrix([
          [2, 1],
          [1, 3],
        ]),
        Float64Array.of(7, 1),
      ),
    ]).toEqual([expect.closeTo(3.5, 10), 0]);
    expect([
      ...nnls(
        matrix([
          [2, 1],
          [1, 3],
        ]),
        Float64Array.of(-1, -1),
      ),
    ]).toEqual([0, 0]);
  });

  it('takes variables that are the same', () => {
    const x = nnls(
      matrix([
        [1, 1],
        [1, 1],
      ]),
      Float64Array.of(1, 1),
    );
    expect(x[0]! + x[1]!).toBeCloseTo(1, 6);
  });
});
