/** Classes as labels: for each class whether a row is of it. */
import { checkClasses } from './checks.ts';

/**
 * @param truth the index of the class: [rows]
 * @returns 0 and 1: [classes][rows]
 * @throws Error that names the first row whose truth is not one of so many classes
 */
export function oneHot(truth: Float64Array, classes: number): Float64Array[] {
  checkClasses(truth, classes);
  return Array.from({ length: classes }, (_, c) => truth.map((value) => Number(value === c)));
}
