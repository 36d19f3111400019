/** Lines two tables up by id, refusing rows that are in one only. */
import type { FileTable } from '@foldwise/data';
import { UsageError } from './usage-error.ts';

export interface Joined {
  columns: string[];
  /** Cells: [columns][rows]. */
  truth: string[][];
  submission: string[][];
  /** The row of each file: [rows]. */
  rows: { truth: number[]; submission: number[] };
}

/**
 * @param id default: the submission's first column
 * @param targets default: the only other column that both files have
 * @throws UsageError for columns that are not in both files; Error for ids that are missing, unknown or repeated
 */
export function joinById(
  submission: FileTable,
  truth: FileTable,
  { id = submission.header[0]!, targets }: { id?: string | undefined; targets?: string[] | undefined },
): Joined {
  const columns = targets ?? sharedColumn(submission, truth, id);
  for (const { path, header } of [submission, truth])
    for (const name of [id, ...columns])
      if (!header.includes(name))
        throw new UsageError(`${path}:1: there is no column "${name}"; the columns are ${header.join(', ')}`);

  const truthRows = rowsById(truth, id);
  const submittedRows = rowsById(submission, id);
  refuse(submission, id, submittedRows, truthRows, truth.path);
  refuse(truth, id, truthRows, submittedRows, submission.path);
  const rows = {
    truth: [...truthRows.values()],
    submission: [...truthRows.keys()].map((name) => submittedRows.get(name)!),
  };
  const cells = ({ table }: FileTable, order: number[]): string[][] =>
    columns.map((column) => {
      const all = table.array(column) as string[];
      return order.map((row) => all[row]!);
    });
  return { columns, truth: cells(truth, rows.truth), submission: cells(submission, rows.submission), rows };
}

function sharedColumn(submission: FileTable, truth: FileTable, id: string): string[] {
  const shared = submission.header.filter((name) => name !== id && truth.header.includes(name));
  if (shared.length === 1) return shared;
  const what =
    shared.length === 0
      ? `share no column beside the id "${id}"`
      : `share the columns ${shared.join(', ')}: name those to score with --target`;
  throw new UsageError(`${submission.path} and ${truth.path} ${what}`);
}

function rowsById({ path, table, lines }: FileTable, id: string): Map<string, number> {
  const rows = new Map<string, number>();
  (table.array(id) as string[]).forEach((name, row) => {
    const first = rows.get(name);
    if (first !== undefined)
      throw new Error(
        `${path}:${lines[row]}: the id ${JSON.stringify(name)} is already on line ${lines[first]}`,
      );
    rows.set(name, row);
  });
  return rows;
}

function refuse(
  file: FileTable,
  id: string,
  ids: Map<string, number>,
  others: Map<string, number>,
  other: string,
): void {
  const alone = [...ids].filter(([name]) => !others.has(name));
  if (alone.length === 0) return;
  const [name, row] = alone[0]!;
  const more = alone.length > 1 ? `, and ${alone.length - 1} more` : '';
  throw new Error(
    `${file.path}:${file.lines[row]}, column "${id}": the id ${JSON.stringify(name)} is not in ${other}${more}`,
  );
}
