/** A metric for numbers, by how they are spread: prices, ratings of a few raters, likeness of two texts, or any others. */
import type { FileTable } from '../tables/read-table.ts';
import { cellsOf, type MetricGuess, type Profiles } from './tables.ts';

/** Prices and counts: the dearest of a few thousand is some hundred times the usual one. */
const SKEWED = 20;
/** More than the steps between 0 and 1 that a few raters make. */
const STEPS = 30;

/** @param text the columns of texts */
export function regressionMetric(
  train: FileTable,
  target: readonly string[],
  { text, profiles }: { text: readonly string[]; profiles: Profiles },
): MetricGuess {
  const columns = target.map((name) =>
    Float64Array.from(
      cellsOf(train, name).filter((cell) => cell.trim() !== ''),
      Number,
    ).sort(),
  );
  const within = (high: number): boolean =>
    columns.every((values) => values[0]! >= 0 && values.at(-1)! <= high);
  const isStepped = target.every((name) => profiles.get(name)!.distinct <= STEPS);
  if (target.length > 1) {
    const few = `${target.length} targets from 0 to 1 in a few steps, as of several raters`;
    if (within(1) && isStepped) return ['mcspearman', few, ['mcrmse', 'rmse']];
    return ['mcrmse', 'the mean of the targets’ root mean squared errors', ['mae', 'r2', 'mcspearman']];
  }
  const [values] = columns as [Float64Array];
  const middle = values[values.length >> 1]!;
  const most = values.at(-1)!;
  if (values[0]! >= 0 && middle > 0 && most > SKEWED * middle && most > 1)
    return [
      'rmsle',
      `numbers of unlike magnitudes, from ${values[0]!} to ${most}, half of them up to ${middle}`,
      ['rmse', 'mae'],
    ];
  if (isPair(text, profiles) && within(5))
    return ['pearson', 'how alike two texts are, as it seems', ['spearman', 'rmse']];
  return ['rmse', 'the usual one for numbers', ['mae', 'r2', 'pearson']];
}

/** Two texts of about the same length. */
function isPair(text: readonly string[], profiles: Profiles): boolean {
  if (text.length !== 2) return false;
  const [a, b] = text.map((name) => profiles.get(name)!.words) as [number, number];
  return Math.max(a, b) < 2 * Math.min(a, b);
}
