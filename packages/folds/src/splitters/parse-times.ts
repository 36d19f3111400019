/** Reads a column of times, numbers or dates as in ISO 8601, and the gap of a time series: rows, or a time. */

import { isMissingWord } from '@foldwise/data';

/** Reads a column of times: numbers, or dates as in ISO 8601. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const DATE =
  /^(\d{4})-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(?:Z|([+-]\d\d):?(\d\d))?)?)?$/;

/**
 * Dates without a zone are taken for UTC, so that the order is the same on every machine.
 *
 * @param cells [rows]
 * @param column its name, for errors
 * @returns the numbers as they are, or milliseconds since 1970: [rows]
 * @throws Error for a cell that is neither, and for a column that mixes the two
 */
export function parseTimes(
  cells: readonly string[],
  column: string,
  ids: readonly string[],
): { times: Float64Array; areDates: boolean } {
  const areNumbers = NUMBER.test(cells[0]?.trim() ?? '');
  const parse = areNumbers ? parseNumber : parseDate;
  const times = new Float64Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]!;
    const time = (times[row] = parse(cell));
    if (Number.isFinite(time)) continue;
    throw new Error(
      `the time of row ${JSON.stringify(ids[row])}, column "${column}", is ${JSON.stringify(cell)}; expected ` +
        (areNumbers
          ? 'a number, as in the first row'
          : 'a number, or a date such as 2024-05-31 or 2024-05-31T18:30:00Z') +
        (cell.trim() === '' || isMissingWord(cell.trim())
          ? ': fill the cell in, or leave the row out, which has no place in the order of times'
          : ''),
    );
  }
  return { times, areDates: !areNumbers };
}

function parseNumber(cell: string): number {
  // What begins with a digit, sign or point, and not as 0x1f does, is decimal where `Number` takes it; asking the pattern
  // takes five times as long.
  const [first, second] = [cell.charCodeAt(0), cell.charCodeAt(1)];
  const isDecimal = first >= 43 && first <= 57 && (!(second > 57) || second === 69 || second === 101); // E, e
  return isDecimal || NUMBER.test(cell.trim()) ? Number(cell) : NaN;
}

/** By hand, as `Date.parse` takes the 30th of February for the 1st of March, and three decimals of a second at most. */
function parseDate(cell: string): number {
  const parts = DATE.exec(cell.trim());
  if (!parts) return NaN;
  const [
    ,
    year,
    month,
    day = '1',
    hour = '0',
    minute = '0',
    second = '0',
    zoneHour = '+0',
    zoneMinute = '0',
  ] = parts;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isDay = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  if (!isDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) >= 60 || Number(zoneMinute) > 59)
    return NaN;
  const zone = Math.abs(Number(zoneHour)) * 60 + Number(zoneMinute);
  const minutes = Number(hour) * 60 + Number(minute) - (zoneHour.startsWith('-') ? -zone : zone);
  return date.getTime() + minutes * 60_000 + Number(second) * 1000;
}

/** Reads the gap of a time series' folds: a number of rows, or a time. */
const milliseconds = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** @param gap rows, or a time such as "7d", which the pipeline's schema has checked */
export function parseGap(gap: number | string): { unit: 'rows' | 'milliseconds'; size: number } {
  if (typeof gap === 'number') return { unit: 'rows', size: gap };
  const unit = gap.at(-1) as keyof typeof milliseconds;
  return { unit: 'milliseconds', size: Number(gap.slice(0, -1)) * milliseconds[unit] };
}
