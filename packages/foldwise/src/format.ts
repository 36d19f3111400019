/** How scores and time spans are written in what people read. */

/** Four decimals, or two of a large number; a score that is not defined is a dash. */
export const formatScore = (score: number | null | undefined): string =>
  score === null || score === undefined ? '–' : score.toFixed(Math.abs(score) >= 100 ? 2 : 4);

/** As a clock does: `0:07`, `12:34`, `1:02:03`. */
export function formatDuration(seconds: number): string {
  const all = Math.max(0, Math.round(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
