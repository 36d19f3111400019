/** Maps predictions to numbers for which a mean is defined, and back. */
import type { Problem } from './problem.ts';

export interface Scale {
  to: (value: number) => number;
  from: (value: number) => number;
}

/** How far from 0 and 1 probabilities are kept. */
const EDGE = 1e-6;
const inside = (value: number): number => Math.min(1 - EDGE, Math.max(EDGE, value));

/** Of probabilities, themselves between 0 and 1. */
const probabilities: Scale = { to: inside, from: (value) => value };

/**
 * @returns a scale from 0 to 1: for numbers the range of all that is true or predicted in these rows, with a twentieth of
 * it more on both sides
 */
export function unitScale(problem: Problem): Scale {
  if (problem.task !== 'regression') return probabilities;
  const { least, most } = rangeOf(problem);
  const width = 1.1 * (most - least) || 1;
  const start = least - 0.05 * (most - least);
  return { to: (value) => inside((value - start) / width), from: (value) => start + width * value };
}

/** @returns a scale above 0: for numbers themselves where all that is true or predicted is above 0, else as `unitScale` */
export function positiveScale(problem: Problem): Scale {
  const { least } = rangeOf(problem);
  if (problem.task !== 'regression' || least <= 0) return unitScale(problem);
  return { to: (value) => Math.max(least, value), from: (value) => value };
}

function rangeOf({ truth, members }: Problem): { least: number; most: number } {
  let [least, most] = [Infinity, -Infinity];
  for (const columns of [truth, ...members])
    for (const column of columns)
      for (const value of column) {
        if (value < least) least = value;
        if (value > most) most = value;
      }
  return { least, most };
}
