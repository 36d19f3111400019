import { expect, it } from 'vitest';
import { reference } from './testing/reference.ts';
import { studentT } from './student-t.ts';

it.each(reference.students)("is SciPy's probability for t = $t and $degrees degrees", ({ t, degrees, p }) => {
  expect(Math.abs(studentT.twoSided(t, degrees) - p)).toBeLessThan(1e-11 * Math.max(p, 1e-3));
});

it.each(reference.criticals)("is SciPy's critical value for $alpha and $degrees degrees", (one) => {
  const { alpha, degrees, t } = one;
  expect(Math.abs(studentT.critical(alpha, degrees) / t - 1)).toBeLessThan(1e-11);
});

it('takes an infinite statistic', () => {
  expect(studentT.twoSided(Infinity, 4)).toBe(0);
});
