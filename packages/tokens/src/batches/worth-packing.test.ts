import { expect, it } from 'vitest';
import { worthPacking } from './worth-packing.ts';

it('is worth it where padded texts would have up to six times the tokens', () => {
  const short = Array<number>(9).fill(1);
  expect(worthPacking([...short, 13])).toBe(true); // 130 places for 22 tokens
  expect(worthPacking([...short, 14])).toBe(false); // 140 for 23
  expect(worthPacking([7, 7, 7])).toBe(true);
  expect(worthPacking([])).toBe(true);
});
