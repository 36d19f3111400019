/** Writes a CSV file (RFC 4180, UTF-8, LF) that `readTable` reads back unchanged, atomically. */
import writeFileAtomic from 'write-file-atomic';

/**
 * Numbers are written with the fewest digits that read back to the same double. The file is written under a temporary
 * name and renamed, so a reader sees the old file or the new one, and a failure leaves the old one.
 *
 * @param columns one array for each name of the header, all of the same length: [columns][rows]
 * @throws Error for columns of unlike length and for numbers that are not finite
 */
export async function writeTable(
  path: string,
  header: readonly string[],
  columns: readonly ArrayLike<string | number>[],
): Promise<void> {
  const rows = columns[0]?.length ?? 0;
  if (columns.length !== header.length)
    throw new Error(`${path}: ${header.length} column names for ${columns.length} columns`);
  columns.forEach((column, c) => {
    if (column.length !== rows)
      throw new Error(
        `${path}: column "${header[c]}" has ${column.length} rows, but "${header[0]}" has ${rows}`,
      );
  });

  const lines = [header.map(field).join(',')];
  for (let row = 0; row < rows; row++) {
    const cells = columns.map((column, c) => {
      const value = column[row]!;
      if (typeof value === 'number' && !Number.isFinite(value))
        throw new Error(
          `${path}: row ${row + 1}, column "${header[c]}" is ${value}; expected a finite number`,
        );
      return field(value);
    });
    lines.push(cells.join(','));
  }
  await writeFileAtomic(path, lines.join('\n') + '\n');
}

function field(value: string | number): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  return csvField(value);
}

/**
 * Writes a text as a field of CSV (RFC 4180), in quotes where it needs them. An empty one stands in quotes because, in a
 * table of one column, its line would be an empty one.
 */
export const csvField = (value: string): string =>
  value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
