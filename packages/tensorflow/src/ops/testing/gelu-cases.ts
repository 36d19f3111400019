/** PyTorch's GELU of some numbers, with its gradient, in both forms: for `it.each`. */
import { readFixture } from './read-fixture.ts';

interface Values {
  x: number[];
  y: number[];
  dy: number[];
  dx: number[];
}

const fixture = readFixture('gelu') as { none: Values; tanh: Values };

/** What it is called, whether it is the tanh form, and the numbers. */
export const geluCases: [string, boolean, Values][] = [
  ['by erf', false, fixture.none],
  ['by tanh', true, fixture.tanh],
];
