/** What all texts for people are made of: bold words, tables, scores and time spans. */

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

/** Four decimals, or two of a large number; a score that is not defined is a dash. */
export const formatScore = (score: number | null | undefined): string =>
  score === null || score === undefined ? '–' : score.toFixed(Math.abs(score) >= 100 ? 2 : 4);

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

/** As a clock does: `0:07`, `12:34`, `1:02:03`. */
export function formatDuration(seconds: number): string {
  const all = Math.max(0, Math.round(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
