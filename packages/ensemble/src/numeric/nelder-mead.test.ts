import { describe, expect, it } from 'vitest';
import { nelderMead } from './nelder-mead.ts';
import { reference } from '../testing/reference.ts';

/** Rosenbrock's valley, as `scipy.optimize.rosen`. */
const rosenbrock = (x: Float64Array): number =>
  x.slice(1).reduce((sum, value, i) => sum + 100 * (value - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2, 0);

describe('nelderMead', () => {
  it.each(reference.minima)(
    "goes SciPy's way from $start, adaptive: $adaptive",
    ({ start, adaptive, x, value, evaluations }) => {
      const found = nelderMead(rosenbrock, start, { adaptive, xTolerance: 1e-8, valueTolerance: 1e-8 });
      expect(found.evaluations).toBe(evaluations);
      found.x.forEach((coordinate, i) => expect(coordinate).toBeCloseTo(x[i]!, 9));
      expect(found.value).toBeCloseTo(value, 12);
    },
  );

  it('stops after as many iterations as it may', () => {
    expect(nelderMead(rosenbrock, [1.3, 0.7], { maxIterations: 10 }).evaluations).toBeLessThanOrEqual(14);
  });
});
