/** A leaderboard as a table and as CSV: a row for each run, with what its group has. */
import { csvField } from '@foldwise/data';
import type { Board } from '@foldwise/leaderboard';
import { table, type ColumnTable } from 'arquero';

const fixed = [
  ...['rank', 'tied', 'group', 'group_score', 'folds_error', 'seeds_error', 'behind', 'behind_error', 'p'],
  ...['name', 'kind', 'seed', 'score', 'seconds', 'peak_memory_bytes', 'parameters', 'public', 'private'],
];

/** @returns what differs between runs in columns of its own, such as `training.lr`; null where a value is not known */
export function boardTable({ groups, differing }: Board): ColumnTable {
  const rows = groups.flatMap((group) =>
    group.runs.map((run) => [
      ...[group.rank, group.tied, group.name, group.score, group.foldsError, group.seedsError],
      ...[group.behind?.difference, group.behind?.error, group.behind?.p],
      ...[run.name, run.kind, run.seed, run.score, run.seconds, run.peakMemoryBytes, run.parameters],
      ...[run.public, run.private],
      ...differing.map((path) => group.settings[path]),
    ]),
  );
  return table([...fixed, ...differing].map((name, c) => [name, rows.map((row) => row[c] ?? null)]));
}

/** Numbers are written in full, and left empty where they are not known. */
export function boardCsv(board: Board): string {
  const rows = boardTable(board);
  const names = rows.columnNames();
  const columns = names.map((name) => rows.array(name) as unknown[]);
  const lines = Array.from({ length: rows.numRows() }, (_, row) => columns.map((values) => values[row]));
  return [names, ...lines].map((line) => `${line.map(cell).join(',')}\n`).join('');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return csvField(
    typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`,
  );
}
