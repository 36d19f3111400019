/** What all texts for people are made of: bold words, tables, and scores beside the main one. */
import { formatScore } from 'foldwise/format';

/** Bold can be seen on a terminal, where NO_COLOR (no-color.org) is not set. */
const isPlain = !process.stdout.isTTY || Boolean(process.env['NO_COLOR']) || process.env['TERM'] === 'dumb';

export const bold = (text: string): string => (isPlain ? text : `\x1b[1m${text}\x1b[22m`);

/** Lines up rows of cells: the first column to the left, numbers to the right. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * The scores beside the main one, without a metric that is the same as it, as MCRMSE is RMSE for one target.
 *
 * @returns such as `mae 0.61, r2 0.4`; empty where there are no others
 */
export function formatScores(scores: Record<string, number | null>, main: string): string {
  return Object.entries(scores)
    .filter(([name, score]) => name !== main && score !== scores[main])
    .map(([name, score]) => `${name} ${formatScore(score)}`)
    .join(', ');
}

export const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
