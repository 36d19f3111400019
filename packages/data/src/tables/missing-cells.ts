/**
 * Missing values that are written: what pandas' `read_csv` takes for none by default (`na_values`), and the errors of
 * spreadsheets. Which of them are missing depends on the column: among names, `NA` is a name.
 */
import { DECIMAL, isBlank } from './cells.ts';

/** No person's, place's or class's name, whatever stands beside it. */
const NEVER_NAMES = [
  ...['NaN', 'nan', '-NaN', '-nan', '<NA>', 'NaT', '1.#IND', '-1.#IND', '1.#QNAN', '-1.#QNAN'],
  ...['#N/A', '#N/A N/A', '#NA', '#VALUE!', '#REF!', '#DIV/0!', '#NUM!', '#NAME?', '#NULL!'],
];
const never = new Set(NEVER_NAMES);
const spelled = new Set([
  ...NEVER_NAMES.map((word) => word.toLowerCase()),
  ...['na', 'n/a', 'null', 'none', 'missing', 'nil', 'n.a.'],
]);

/** Whether a cell, trimmed, is one of the words that stand for a missing value. */
export const isMissingWord = (cell: string): boolean => cell.length < 10 && spelled.has(cell.toLowerCase());

/** How a number is written that is none to a program: infinite, a share, an amount, with thousands or a decimal comma. */
const LOOSE =
  /^[-+]?(inf|infinity|∞|[$€£¥₹]? ?\d{1,3}([,' _\u00a0\u202f]\d{3})+(\.\d+)?|[$€£¥₹]? ?\d*[.,]?\d+ ?[%$€£¥₹]?|[$€£¥₹] ?\d+\.?\d*)$/i;

/** Whether a cell, trimmed, is a number to people alone: `inf`, `45%`, `1,234.5`, `$3`, `3,5`. */
export const isLooseNumber = (cell: string): boolean => !DECIMAL.test(cell) && LOOSE.test(cell);

/**
 * What of a column is missing.
 *
 * - Among numbers, and cells that are meant for such: blank cells, and every word that stands for a missing value.
 * - Among names: blank cells alone.
 *
 * @param cells of the column, or its unlike cells: in any order
 * @returns tells it of a cell
 */
export function missingAmong(cells: Iterable<string>): (cell: string) => boolean {
  return areNumbers(cells) ? (cell) => isBlank(cell) || isMissingWord(cell.trim()) : isBlank;
}

/**
 * What of a column of groups or times is missing: as `missingAmong`, and among names also what is never one, such as
 * `NaN` and `#N/A`.
 */
export function missingGroups(cells: Iterable<string>): (cell: string) => boolean {
  const isMissing = missingAmong(cells);
  return (cell) => isMissing(cell) || never.has(cell.trim());
}

/** Whether there is a number, and otherwise nothing but missing values and loosely written numbers. */
function areNumbers(cells: Iterable<string>): boolean {
  let hasNumber = false;
  for (const cell of cells) {
    const value = cell.trim();
    if (DECIMAL.test(value)) hasNumber = true;
    else if (value !== '' && !isMissingWord(value) && !isLooseNumber(value)) return false;
  }
  return hasNumber;
}
