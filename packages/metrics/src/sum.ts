/** Sums with a correction for the digits that are lost on the way (A. Neumaier, ZAMM 54, 1974). */

/** @param term the value of each row */
export function sum(rows: number, term: (row: number) => number): number {
  let total = 0;
  let lost = 0;
  for (let row = 0; row < rows; row++) {
    const value = term(row);
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}
