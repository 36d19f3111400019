/** Checks that the truth is of classes that are predicted. */

/** @throws Error that names the first row whose truth is not the index of one of so many classes */
export function checkClasses(truth: Float64Array, classes: number): void {
  const row = truth.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value < classes));
  if (row >= 0)
    throw new Error(`row ${row} of the truth is ${truth[row]}; expected a class from 0 to ${classes - 1}`);
}
