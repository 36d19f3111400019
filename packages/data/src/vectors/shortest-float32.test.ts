import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { shortestFloat32 } from './shortest-float32.ts';

const cases = JSON.parse(
  await readFile(new URL('../../fixtures/shortest-float32.json', import.meta.url), 'utf8'),
) as [number, string][];

describe('shortestFloat32', () => {
  it('writes the digits that NumPy writes', () => {
    expect(cases.length).toBeGreaterThan(200);
    // Both are decimals: as doubles they are the same where their digits are.
    for (const [value, text] of cases) {
      expect(Number(shortestFloat32(value))).toBe(Number(text));
      expect(Number(shortestFloat32(-value))).toBe(-Number(text));
    }
  });

  it('writes short numbers short', () => {
    expect([0.5, 0.1, -3, 100].map((value) => shortestFloat32(Math.fround(value)))).toEqual([
      '0.5',
      '0.1',
      '-3',
      '100',
    ]);
  });
});
