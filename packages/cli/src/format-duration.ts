/** Writes a time span as a clock does: `0:07`, `12:34`, `1:02:03`. */
export function formatDuration(seconds: number): string {
  const all = Math.max(0, Math.round(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
