import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toClasses } from './as-taken.ts';

describe('toClasses', () => {
  it('takes the most probable class, and of equal ones the first', () => {
    const probabilities = [
      Float64Array.of(0.2, 0.4, 0.1),
      Float64Array.of(0.5, 0.4, 0.2),
      Float64Array.of(0.3, 0.2, 0.7),
    ];
    expect(toClasses('multi-class', probabilities)).toEqual([Float64Array.of(1, 0, 2)]);
  });

  it('takes the median class for ordinal', () => {
    // Above the first with 0.6 and above the second with 0.4; exactly a half is not above; never above the first.
    const probabilities = [
      Float64Array.of(0.4, 0.5, 0.75, 0),
      Float64Array.of(0.2, 0, 0.125, 0.25),
      Float64Array.of(0.4, 0.5, 0.125, 0.75),
    ];
    expect(toClasses('ordinal', probabilities)).toEqual([Float64Array.of(1, 0, 0, 2)]);
  });

  it("ranks as CORN's authors do", () => {
    const { ordinal } = JSON.parse(
      readFileSync(new URL('../../../heads/fixtures/task-output.json', import.meta.url), 'utf8'),
    ) as { ordinal: { predictions: number[][]; classes: number[] }[] };
    for (const { predictions, classes } of ordinal) {
      const columns = predictions[0]!.map((_, c) => Float64Array.from(predictions, (row) => row[c]!));
      expect(toClasses('ordinal', columns)).toEqual([Float64Array.from(classes)]);
    }
  });

  it.each(['binary', 'multi-label'] as const)('takes 1 above a half for %s', (task) => {
    expect(toClasses(task, [Float64Array.of(0.4, 0.5, 0.6)])).toEqual([Float64Array.of(0, 0, 1)]);
  });
});
