import { describe, expect, it } from 'vitest';
import { textBatch } from './text-batch.ts';

const tokens = [Int32Array.of(2, 7, 3), Int32Array.of(2, 3), Int32Array.of(2, 8, 9, 3)];
const targets = [Float64Array.of(1, 2, 3), Float64Array.of(10, 20, 30)];

describe('textBatch', () => {
  it('pads rows on the right and lays their labels side by side', () => {
    const batch = textBatch({ rows: Int32Array.of(2, 1), size: 2, length: 5 }, { tokens, padId: 0, targets });
    expect(batch).toEqual({
      size: 2,
      length: 5,
      ids: Int32Array.of(2, 8, 9, 3, 0, 2, 3, 0, 0, 0),
      mask: Int32Array.of(1, 1, 1, 1, 0, 1, 1, 0, 0, 0),
      labels: Float32Array.of(3, 30, 2, 20),
      weights: Float32Array.of(1, 1),
    });
  });

  it('fills the batch up by copies of its first row, which weigh nothing', () => {
    const batch = textBatch({ rows: Int32Array.of(1, 0), size: 4, length: 3 }, { tokens, padId: 6, targets });
    expect(batch.ids).toEqual(Int32Array.of(2, 3, 6, 2, 7, 3, 2, 3, 6, 2, 3, 6));
    expect(batch.mask).toEqual(Int32Array.of(1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 0));
    expect(batch.labels).toEqual(Float32Array.of(2, 20, 1, 10, 2, 20, 2, 20));
    expect(batch.weights).toEqual(Float32Array.of(1, 1, 0, 0));
  });

  it('lays rows one after another where all have a number of tokens together', () => {
    const plan = { rows: Int32Array.of(1, 0), size: 3, length: 3, total: 7 };
    expect(textBatch(plan, { tokens, padId: 6, targets })).toEqual({
      size: 3,
      length: 3,
      ids: Int32Array.of(2, 3, 2, 7, 3, 6, 6),
      positions: Int32Array.of(0, 1, 0, 1, 2, 0, 0),
      starts: Int32Array.of(0, 2, 5, 6),
      mask: Int32Array.of(1, 1, 0, 1, 1, 1, 1, 0, 0),
      labels: Float32Array.of(2, 20, 1, 10, 2, 20),
      weights: Float32Array.of(1, 1, 0),
    });
  });
});
