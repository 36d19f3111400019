import { Batches } from '@foldwise/tokens';
import { describe, expect, it } from 'vitest';
import { labelledBatch } from './labelled-batch.ts';

/** Two of row 2. */
const encodings = [1, 2, 0, 2].map((row) => ({ ids: Int32Array.of(2, 3), row }));
const targets = [Float64Array.of(1, 2, 3), Float64Array.of(10, 20, 30)];
const batchOf = (entries: number[], size: number) =>
  new Batches(encodings, [{ entries: Int32Array.from(entries), size, length: 3 }], 0).at(0);

describe('labelledBatch', () => {
  it('lays the labels of the rows side by side', () => {
    const batch = batchOf([1, 2, 3], 3);
    expect(labelledBatch(batch, targets)).toEqual({
      ...batch,
      labels: Float32Array.of(3, 30, 1, 10, 3, 30),
      weights: Float32Array.of(1, 1, 1),
    });
  });

  it('fills the batch up by labels of its first row, which weigh nothing', () => {
    const batch = labelledBatch(batchOf([0, 2], 4), targets);
    expect(batch.labels).toEqual(Float32Array.of(2, 20, 1, 10, 2, 20, 2, 20));
    expect(batch.weights).toEqual(Float32Array.of(1, 1, 0, 0));
  });
});
