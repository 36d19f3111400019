import { describe, expect, it } from 'vitest';
import { toClasses } from './to-classes.ts';

describe('toClasses', () => {
  it('takes the most probable class, and of equal ones the first', () => {
    const probabilities = [
      Float64Array.of(0.2, 0.4, 0.1),
      Float64Array.of(0.5, 0.4, 0.2),
      Float64Array.of(0.3, 0.2, 0.7),
    ];
    expect(toClasses('multi-class', probabilities)).toEqual([Float64Array.of(1, 0, 2)]);
  });

  it.each(['binary', 'multi-label'] as const)('takes 1 above a half for %s', (task) => {
    expect(toClasses(task, [Float64Array.of(0.4, 0.5, 0.6)])).toEqual([Float64Array.of(0, 0, 1)]);
  });
});
