/** Checks that labels are 0 or 1. */

/** @throws Error that names the first other value and its row */
export function checkLabels(labels: Float64Array, what: 'truth' | 'predictions' = 'truth'): void {
  for (let row = 0; row < labels.length; row++)
    if (labels[row] !== 0 && labels[row] !== 1)
      throw new Error(`row ${row} of the ${what} is ${labels[row]}; expected 0 or 1`);
}
