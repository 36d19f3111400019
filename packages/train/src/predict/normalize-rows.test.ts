import { describe, expect, it } from 'vitest';
import { normalizeRows } from './normalize-rows.ts';

describe('normalizeRows', () => {
  it('divides each vector by its length, and leaves one of zeros', () => {
    const vectors = Float32Array.of(3, -4, 0, 0, 1e-30, 0, 3 * 2 ** 100, 4 * 2 ** 100);
    normalizeRows(vectors, 2);
    expect(vectors).toEqual(Float32Array.of(0.6, -0.8, 0, 0, 1, 0, 0.6, 0.8));
  });
});
