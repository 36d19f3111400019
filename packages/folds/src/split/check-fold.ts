/** Checks the number of one fold. */

/** @throws Error unless fold is a whole number from 0 to k - 1 */
export function checkFold(fold: number, k: number): void {
  if (!Number.isInteger(fold) || fold < 0 || fold >= k)
    throw new Error(
      k === 1
        ? `there is no fold ${fold}: there is only fold 0`
        : `there is no fold ${fold}: with ${k} folds they are numbered from 0 to ${k - 1}`,
    );
}
