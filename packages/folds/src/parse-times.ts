/** Reads a column of times: numbers, or dates as in ISO 8601. */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const DATE = /^\d{4}-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?$/;

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
          : 'a number, or a date such as 2024-05-31 or 2024-05-31T18:30:00Z'),
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

function parseDate(cell: string): number {
  const text = cell.trim();
  if (!DATE.test(text)) return NaN;
  const [date, rest] = text.split(/[T ]/) as [string, string | undefined];
  if (rest === undefined)
    return isDay(date) ? Date.parse(`${date}T00:00Z`.replace(/^(\d{4}-\d\d)T/, '$1-01T')) : NaN;
  const zone = /(Z|[+-]\d\d:?\d\d)$/.test(rest) ? '' : 'Z';
  return isDay(date) ? Date.parse(`${date}T${rest}${zone}`.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : NaN;
}

/** `Date.parse` takes the 30th of February for the 1st of March. */
function isDay(date: string): boolean {
  const [year, month, day = 1] = date.split('-').map(Number) as [number, number, number?];
  const parsed = new Date(Date.UTC(year, month - 1, day));
  return parsed.getUTCMonth() === month - 1 && parsed.getUTCDate() === day;
}
