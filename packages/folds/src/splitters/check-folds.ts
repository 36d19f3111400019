/** Checks that rows, or groups of them, can be split into k folds. */

/** @throws Error unless k is a whole number from 2 to the number of rows */
export function checkFolds(rows: number, k: number): void {
  checkCount(k);
  if (k > rows) throw new Error(`${rows} rows cannot be split into ${k} folds: lower k, or add rows`);
}

/** @throws Error unless k is a whole number from 2 to the number of groups */
export function checkGroups(groups: number, k: number): void {
  checkCount(k);
  if (k > groups)
    throw new Error(`${groups} groups cannot be split into ${k} folds: lower k, or group by another column`);
}

function checkCount(k: number): void {
  if (!Number.isInteger(k) || k < 2) throw new Error(`expected 2 or more folds, got k = ${k}`);
}
