/** Makes records even that have more fields than there are columns: of a text with separators, without quotes around it. */

/**
 * Empty fields at the ends are dropped; others are joined again, where that leaves a single column with spaces: the text.
 *
 * @param records as they were split, the column names first; changed
 * @returns what was done, for people; undefined where nothing tells to which column the surplus belongs
 */
export function joinSurplus(records: string[][], separator: string): string | undefined {
  const width = records[0]!.length;
  for (const record of records) while (record.length > width && record.at(-1)!.trim() === '') record.pop();
  const wide = records.filter((record) => record.length > width);
  if (wide.length === 0) return 'with empty fields at the ends of lines';
  const column = Array.from({ length: width }, (_, c) => width - 1 - c).find((c) =>
    wide.every((record) =>
      [...record.slice(0, c), ...record.slice(record.length - width + c + 1)].every(isOneWord),
    ),
  );
  if (column === undefined) return undefined;
  for (const record of wide)
    record.splice(
      column,
      record.length - width + 1,
      record.slice(column, record.length - width + column + 1).join(separator),
    );
  const rows = `${wide.length} row${wide.length === 1 ? '' : 's'}`;
  return `with separators in texts without quotes (${records[0]![column]}, ${rows})`;
}

const isOneWord = (cell: string): boolean => !/\S\s+\S/.test(cell);
