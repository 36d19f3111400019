import { expect, it } from 'vitest';
import { toFloat16 } from './to-float16.ts';

const half = (...values: number[]) => Array.from(toFloat16(Float32Array.from(values)) ?? []);

it('gives the bits that IEEE 754 has for half precision', () => {
  // The table of the format's Wikipedia article, and zeros.
  expect(half(0, -0, 1, -2, 65504, 1 / 3)).toEqual([0, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x3555]);
  expect(half(1 + 2 ** -10, 1 - 2 ** -11)).toEqual([0x3c01, 0x3bff]);
  expect(half(2 ** -24, 2 ** -14 - 2 ** -24, 2 ** -14)).toEqual([0x0001, 0x03ff, 0x0400]);
});

it('rounds to the nearest, and halves to even', () => {
  expect(half(1 + 2 ** -11, 1 + 3 * 2 ** -11, 1 + 2 ** -11 + 2 ** -20)).toEqual([0x3c00, 0x3c02, 0x3c01]);
  expect(half(2 - 2 ** -12)).toEqual([0x4000]);
  expect(half(2 ** -25, 3 * 2 ** -25, 2 ** -25 + 2 ** -40, 2 ** -26)).toEqual([0, 2, 1, 0]);
  expect(half(65519)).toEqual([0x7bff]);
});

it('refuses what half precision does not have', () => {
  for (const value of [65520, -1e9, Infinity, NaN])
    expect(toFloat16(Float32Array.of(1, value))).toBeUndefined();
});
