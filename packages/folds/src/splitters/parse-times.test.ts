import { describe, expect, it } from 'vitest';
import { parseTimes } from './parse-times.ts';

const times = (...cells: string[]) => [...parseTimes(cells, 'when', cells).times];

describe('parseTimes', () => {
  it('takes numbers as they are', () => {
    expect(parseTimes(['2', ' -1.5', '1e3'], 'when', [])).toEqual({
      times: Float64Array.of(2, -1.5, 1000),
      areDates: false,
    });
  });

  // By `date -u -d … +%s`.
  it.each([
    ['2024-05-31', 1717113600],
    ['2024-05', 1714521600],
    ['2024-05-31T18:30', 1717180200],
    ['2024-05-31 18:30:05', 1717180205],
    ['2024-05-31T18:30:05.250Z', 1717180205.25],
    ['2024-05-31T18:30:05+02:00', 1717173005],
    ['2024-05-31T18:30:05-0130', 1717185605],
    ['2024-02-29T23:59:59.123456-00:30', 1709252999.123456],
    ['0099-01-01', -59042995200],
  ])('reads %s', (cell, seconds) => expect(times(cell)).toEqual([seconds * 1000]));

  it.each([
    ['31.05.2024'],
    ['05/31/2024'],
    ['2024-02-30'],
    ['2024-13-01'],
    ['2024-05-31T25:00'],
    ['2024-05-31T10:60'],
    ['2024-05-31T10:30:60'],
    ['2023-02-29'],
    ['May 2024'],
    [''],
  ])('refuses %j', (cell) =>
    expect(() => times('2024-01-01', cell)).toThrow(`column "when", is ${JSON.stringify(cell)}; expected`),
  );

  it('refuses a date among numbers', () => {
    expect(() => times('1', '2024-01-01')).toThrow('is "2024-01-01"; expected a number, as in the first row');
  });
});
