/** Checks that labels are 0 or 1. */

/** @throws Error that names the first other value and its row */
export function checkLabels(labels: Float64Array): void {
  const row = labels.findIndex((label) => label !== 0 && label !== 1);
  if (row >= 0) throw new Error(`row ${row} of the truth is ${labels[row]}; expected 0 or 1`);
}
