/** Writes a leaderboard as CSV: a line for each run, with what its group has. */
import { csvField } from '@foldwise/data';
import type { Board } from '@foldwise/leaderboard';

/** Numbers are written in full, and left empty where they are not known. */
export function boardCsv({ groups, differing }: Board): string {
  const header = [
    ...['rank', 'tied', 'group', 'group_score', 'folds_error', 'seeds_error', 'behind', 'behind_error', 'p'],
    ...['name', 'kind', 'seed', 'score', 'seconds', 'peak_memory_bytes', 'parameters', 'public', 'private'],
    ...differing,
  ];
  const rows = groups.flatMap((group) =>
    group.runs.map((run) => [
      ...[group.rank, group.tied, group.name, group.score, group.foldsError, group.seedsError],
      ...[group.behind?.difference, group.behind?.error, group.behind?.p],
      ...[run.name, run.kind, run.seed, run.score, run.seconds, run.peakMemoryBytes, run.parameters],
      ...[run.public, run.private],
      ...differing.map((path) => group.settings[path]),
    ]),
  );
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return csvField(
    typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`,
  );
}
