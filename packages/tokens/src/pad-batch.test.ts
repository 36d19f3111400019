import { describe, expect, it } from 'vitest';
import { padBatch } from './pad-batch.ts';

describe('padBatch', () => {
  const ids = [Int32Array.of(5), Int32Array.of(6, 7, 8), Int32Array.of()];

  it('pads on the right, in the order of the rows', () => {
    expect(padBatch(ids, [1, 0, 2], 3, 9)).toEqual({
      ids: Int32Array.of(6, 7, 8, 5, 9, 9, 9, 9, 9),
      mask: Int32Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0),
    });
  });

  it('refuses rows that do not fit or are not there', () => {
    expect(() => padBatch(ids, [1], 2, 0)).toThrow("Row 1 has 3 tokens, more than the batch's length of 2");
    expect(() => padBatch(ids, [3], 2, 0)).toThrow('There is no row 3: 3 texts were given');
  });
});
