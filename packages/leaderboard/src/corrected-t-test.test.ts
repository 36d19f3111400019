import { expect, it } from 'vitest';
import { correctedTTest } from './corrected-t-test.ts';
import { reference } from './testing/reference.ts';
import { significantlyBetter } from './significantly-better.ts';

it.each(reference.tests)(
  "is NumPy's and SciPy's for differences of $difference",
  ({ a, b, ratio, ...expected }) => {
    const test = correctedTTest(a, b, ratio)!;
    for (const key of ['difference', 'error', 't', 'p'] as const)
      expect(Math.abs(test[key] / expected[key] - 1)).toBeLessThan(1e-9);
  },
);

it('is, worked by hand, less sure than the plain test', () => {
  // Differences 1, 2, 3, 4, 5: mean 3, variance 2.5; corrected by 1/5 + 1/4 the error is the root of 1.125.
  const test = correctedTTest([1, 2, 3, 4, 5], [0, 0, 0, 0, 0], 1 / 4)!;
  expect(test.t).toBeCloseTo(3 / Math.sqrt(1.125), 12);
});

it('knows nothing of fewer than two folds, and takes no difference for none', () => {
  expect(correctedTTest([1], [2], 1)).toBeUndefined();
  expect(correctedTTest([1, 2], [1, 2, 3], 1)).toBeUndefined();
  expect(correctedTTest([1, 2], [1, 2], 1)).toMatchObject({ difference: 0, t: 0, p: 1 });
  expect(correctedTTest([1, 2], [0, 1], 1)).toMatchObject({ difference: 1, p: 0 });
});

it('decides as the test itself does, for all pairs', () => {
  let seed = 1;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const groups = Array.from({ length: 60 }, (_, g) => ({
    costs: Array.from({ length: 5 }, () => g / 40 + random()),
    foldsHash: g % 3 === 0 ? 'other' : 'same',
    heldOutRatio: 1 / 4,
  }));
  const expected = groups.map(
    (own, i) =>
      groups.slice(0, i).filter((other) => {
        const test = correctedTTest(own.costs, other.costs, 1 / 4)!;
        return own.foldsHash === other.foldsHash && test.difference > 0 && test.p < 0.05;
      }).length,
  );
  expect(Math.max(...expected)).toBeGreaterThan(3);
  expect([...significantlyBetter(groups, 0.05)]).toEqual(expected);
});
