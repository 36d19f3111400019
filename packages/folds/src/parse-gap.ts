/** Reads the gap of a time series' folds: a number of rows, or a time. */

const milliseconds = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** @param gap rows, or a time such as "7d", which the pipeline's schema has checked */
export function parseGap(gap: number | string): { unit: 'rows' | 'milliseconds'; size: number } {
  if (typeof gap === 'number') return { unit: 'rows', size: gap };
  const unit = gap.at(-1) as keyof typeof milliseconds;
  return { unit: 'milliseconds', size: Number(gap.slice(0, -1)) * milliseconds[unit] };
}
