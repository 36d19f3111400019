import { describe, expect, it } from 'vitest';
import { unpadBatch } from './unpad-batch.ts';

describe('unpadBatch', () => {
  const ids = [Int32Array.of(5), Int32Array.of(6, 7, 8), Int32Array.of()];

  it('lays texts one after another, in the order of the rows', () => {
    expect(unpadBatch(ids, [1, 2, 0], { size: 3, length: 3, total: 6, padId: 9 })).toEqual({
      ids: Int32Array.of(6, 7, 8, 5, 9, 9),
      positions: Int32Array.of(0, 1, 2, 0, 0, 0),
      starts: Int32Array.of(0, 3, 3, 4),
      mask: Int32Array.of(1, 1, 1, 0, 0, 0, 1, 0, 0),
    });
  });

  it('fills up by texts of one token of padding', () => {
    expect(unpadBatch(ids, [0], { size: 3, length: 2, total: 4, padId: 9 })).toEqual({
      ids: Int32Array.of(5, 9, 9, 9),
      positions: Int32Array.of(0, 0, 0, 0),
      starts: Int32Array.of(0, 1, 2, 3),
      mask: Int32Array.of(1, 0, 1, 0, 1, 0),
    });
  });

  it.each([
    ['a text that is too long', [1], { size: 1, length: 2, total: 9 }, '1 texts, the 1. of 3 tokens after 0 others, do not fit into 1 of 2 and 9 together'],
    ['too many tokens', [0, 1], { size: 2, length: 3, total: 3 }, '2 texts, the 2. of 3 tokens after 1 others, do not fit into 2 of 3 and 3 together'],
    ['no room to fill up', [1], { size: 2, length: 3, total: 3 }, '1 texts, the 2. of 1 tokens after 3 others, do not fit into 2 of 3 and 3 together'],
    ['too many texts', [0, 0], { size: 1, length: 3, total: 9 }, '2 texts, the 2. of 1 tokens after 1 others, do not fit into 1 of 3 and 9 together'],
  ])('refuses %s', (_, rows, shape, message) => {
    expect(() => unpadBatch(ids, rows, { ...shape, padId: 0 })).toThrow(message);
  }); // prettier-ignore
});
