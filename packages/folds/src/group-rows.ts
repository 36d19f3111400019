/** Lists the rows of each group. */
import { indexValues } from './index-values.ts';

/** @returns for each value of the column, by its first row, its rows ascending */
export function groupRows(cells: readonly string[]): { name: string; rows: number[] }[] {
  const { index, values } = indexValues(cells);
  const groups = values.map((name) => ({ name, rows: [] as number[] }));
  index.forEach((group, row) => groups[group]!.rows.push(row));
  return groups;
}
