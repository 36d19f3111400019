/** Says where two submissions differ. */
import { readTable } from '@foldwise/data';

export interface SubmissionDifference {
  /** The first cell that differs, as `row "id", column "x": expected …, got …`; or how the forms differ. */
  where: string;
  /** How many cells differ, and by how much numbers do at most. */
  cells: number;
  farthest: number;
}

/** @param expected and got: paths of files whose bytes differ */
export async function compareSubmissions(expected: string, got: string): Promise<SubmissionDifference> {
  const [a, b] = await Promise.all([readTable(expected), readTable(got)]);
  const form = (where: string): SubmissionDifference => ({ where, cells: NaN, farthest: NaN });
  if (a.header.join() !== b.header.join())
    return form(`the columns: expected ${a.header.join(', ')}, got ${b.header.join(', ')}`);
  if (a.lines.length !== b.lines.length)
    return form(`the rows: expected ${a.lines.length}, got ${b.lines.length}`);
  const ids = a.table.array(a.header[0]!) as string[];
  let where = '';
  let first = Infinity;
  let cells = 0;
  let farthest = 0;
  for (const column of a.header) {
    const [wanted, made] = [a.table.array(column) as string[], b.table.array(column) as string[]];
    wanted.forEach((cell, row) => {
      const other = made[row]!;
      if (cell === other) return;
      cells++;
      farthest = Math.max(farthest, Math.abs(Number(cell) - Number(other)) || 0);
      if (row >= first) return;
      first = row;
      where = `row ${JSON.stringify(ids[row])}, column ${JSON.stringify(column)}: expected ${cell}, got ${other}`;
    });
  }
  return { where: where || 'quotes or line ends alone', cells, farthest };
}
