/** Numbers the different values of a column, and looks up what belongs to them. */

/** @returns the number of each row's value, [rows], and the values in the order of their first rows */
export function indexValues(cells: readonly string[]): { index: Int32Array; values: string[] } {
  const numbers = new Map<string, number>();
  const index = new Int32Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]!;
    let number = numbers.get(cell);
    if (number === undefined) numbers.set(cell, (number = numbers.size));
    index[row] = number;
  }
  return { index, values: [...numbers.keys()] };
}

/** @returns the entry for the number of each row: [rows] */
export function lookUp(table: ArrayLike<number>, index: Int32Array): Int32Array {
  const entries = new Int32Array(index.length);
  for (let row = 0; row < index.length; row++) entries[row] = table[index[row]!]!;
  return entries;
}

/** @returns the rows of each value of the column, ascending; the values in the order of their first rows */
export function groupRows(cells: readonly string[]): { name: string; rows: number[] }[] {
  const { index, values } = indexValues(cells);
  const groups = values.map((name) => ({ name, rows: [] as number[] }));
  index.forEach((group, row) => groups[group]!.rows.push(row));
  return groups;
}
