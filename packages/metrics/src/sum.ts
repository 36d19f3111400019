/** Corrected sums over rows. */
import { Total } from './total.ts';

/** @param term the value of each row */
export function sum(rows: number, term: (row: number) => number): number {
  const total = new Total();
  for (let row = 0; row < rows; row++) total.add(term(row));
  return total.value;
}
