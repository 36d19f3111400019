/** Compares rows of numbers. */
import assert from 'node:assert/strict';

/** @throws where a number is off by more than `tolerance` times the expected one, or times 1 if that is smaller. */
export function assertClose(actual: number[][], expected: number[][], tolerance = 1e-6): void {
  assert.deepEqual([actual.length, actual[0]!.length], [expected.length, expected[0]!.length], 'shape');
  actual.forEach((features, text) =>
    features.forEach((value, i) => {
      const off = Math.abs(value - expected[text]![i]!) / Math.max(1, Math.abs(expected[text]![i]!));
      assert(off <= tolerance, `text ${text}, feature ${i}: ${value}, expected ${expected[text]![i]}`);
    }),
  );
}
