/** Looks at every cell of a submission before a file is written or sent. */
import type { Competition } from '@foldwise/data';
import type { SubmissionColumn } from './submission-columns.ts';

/** How far beyond 0 and 1 a probability may be by rounding alone: sums of a few numbers. */
const ROUNDING = 1e-9;
const SHOWN = 5;

/**
 * @param source what the numbers come from, for errors
 * @returns what is odd and allowed: regression beyond the train rows' range
 * @throws Error that names row and column for NaN, infinities, probabilities beyond 0 and 1, and unknown labels: up to
 * five, then how many more
 */
export function checkSubmission(
  { train, manifest, sample }: Competition,
  columns: readonly SubmissionColumn[],
  source: string,
): string[] {
  const wrong: string[] = [];
  let more = 0;
  for (const { name, kind, labels, cells } of columns) {
    if (kind === 'id' || kind === 'ranking') continue;
    const known = new Set(labels);
    cells.forEach((cell: string | number, row: number) => {
      const problem = problemOf(cell, kind, known);
      if (problem === undefined) return;
      if (wrong.length === SHOWN) more++;
      else wrong.push(`row ${JSON.stringify(sample.ids[row])}, column ${JSON.stringify(name)}: ${problem}`);
    });
  }
  if (wrong.length > 0)
    throw new Error(
      [
        `${source}: the submission cannot be written`,
        ...wrong,
        ...(more > 0 ? [`and ${more} more`] : []),
      ].join('\n'),
    );
  if (manifest.task !== 'regression') return [];
  return manifest.columns.target.flatMap((name, t) => {
    const column = columns.find(({ holds }) => holds === name);
    return column ? beyond(column.name, column.cells as Float64Array, train.targets[t]!) : [];
  });
}

function problemOf(
  cell: string | number,
  kind: Exclude<SubmissionColumn['kind'], 'id' | 'ranking'>,
  labels: ReadonlySet<string>,
): string | undefined {
  if (kind === 'label')
    return labels.has(String(cell))
      ? undefined
      : `expected one of ${list(labels)}, got ${JSON.stringify(cell)}`;
  const value = Number(cell);
  if (!Number.isFinite(value)) return `expected a finite number, got ${cell}`;
  const isProbability = value >= -ROUNDING && value <= 1 + ROUNDING;
  return kind === 'number' || isProbability ? undefined : `expected a probability from 0 to 1, got ${cell}`;
}

const list = (labels: ReadonlySet<string>): string =>
  labels.size > 10 ? `${[...labels].slice(0, 10).join(', ')} …` : [...labels].join(', ');

function beyond(name: string, cells: Float64Array, truth: Float64Array): string[] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of truth) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const outside = cells.filter((value) => value < low || value > high);
  if (outside.length === 0) return [];
  const far = outside.reduce((a, b) => (distance(b) > distance(a) ? b : a));
  function distance(value: number): number {
    return Math.max(low - value, value - high);
  }
  const rows = `${outside.length} of ${cells.length} rows`;
  return [`${rows} of "${name}" are beyond the train rows' ${low} to ${high}, the farthest at ${far}`];
}
