/** Sums and means over rows, with a correction for the digits that are lost on the way. */

/** @param term the value of each row */
export function sum(rows: number, term: (row: number) => number): number {
  const total = new Total();
  for (let row = 0; row < rows; row++) total.add(term(row));
  return total.value;
}

/** A sum with a correction for the digits that are lost on the way (A. Neumaier, ZAMM 54, 1974). */
export class Total {
  private sum = 0;
  private lost = 0;

  add(value: number): void {
    const next = this.sum + value;
    this.lost += Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum;
    this.sum = next;
  }

  get value(): number {
    return this.sum + this.lost;
  }
}

/**
 * The arithmetic mean, weighted if asked; `numpy.average`.
 *
 * @param term the value of each row
 * @returns NaN of no rows
 */
export function mean(rows: number, term: (row: number) => number, weights?: Float64Array): number {
  if (weights === undefined) return sum(rows, term) / rows;
  return sum(rows, (row) => weights[row]! * term(row)) / sum(rows, (row) => weights[row]!);
}
