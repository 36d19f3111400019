/**
 * The least and the most that predictions may be. Probabilities share two bounds, and those of classes are made to add
 * up to 1 again; of numbers each target has its own, which begin at the least and the most of the truth.
 */
import { z } from 'zod';
import type { Columns, MetricTask } from '../metric.ts';
import { isBetter } from './is-better.ts';
import type { Parameters, PostProcessing, SettingsOf, TuningRows } from './post-processing.ts';

/** A bound that is given is not fitted. */
const settings = { low: z.number().optional(), high: z.number().optional() };
type ClipSettings = SettingsOf<typeof settings>;

type Side = 'low' | 'high';
type Bounds = Record<Side, number[]>;

/** Bounds that are tried at first, spread over the predictions by rank, and then between the neighbours of the best. */
const CANDIDATES = 12;
const STEPS = 12;
const ROUNDS = 3;

export const clip: PostProcessing<ClipSettings> = {
  name: 'clip',
  description: 'the least and the most that a prediction may be',
  tasks: ['regression', 'binary', 'multi-class', 'multi-label', 'ordinal'],
  settings,
  check: ({ low = -Infinity, high = Infinity }) => (low < high ? undefined : 'expected low to be below high'),
  decides: false,
  suits: ({ takes }, task) => takes === (task === 'regression' ? 'numbers' : 'probabilities'),
  fit: (rows, given) => ({ ...climb(rows, given) }),
  apply,
};

function apply(parameters: Parameters, predictions: Columns, task: MetricTask): Float64Array[] {
  const { low, high } = parameters as unknown as Bounds;
  const clipped = predictions.map((column, c) => {
    const group = task === 'regression' ? c : 0;
    return column.map((x) => Math.max(low[group]!, Math.min(high[group]!, x)));
  });
  if (task !== 'multi-class' && task !== 'ordinal') return clipped;
  const totals = clipped[0]!.map((_, row) => clipped.reduce((total, column) => total + column[row]!, 0));
  return clipped.map((column) => column.map((p, row) => p / totals[row]!));
}

/** Moves one bound at a time while the score rises. */
function climb({ task, metric, truth, predictions, weights }: TuningRows, given: ClipSettings): Bounds {
  const groups = task === 'regression' ? predictions.map((column) => [column]) : [predictions];
  const start = (side: Side): number[] =>
    groups.map(
      (_, g) => given[side] ?? (task === 'regression' ? ends(truth[g]!)[side] : Number(side === 'high')),
    );
  const bounds: Bounds = { low: start('low'), high: start('high') };
  const score = (): number => metric.score(truth, apply({ ...bounds }, predictions, task), weights);
  let best = score();

  const improve = (side: Side, g: number, candidates: Float64Array): boolean => {
    const before = best;
    const attempt = (bound: number): number => {
      const old = bounds[side][g]!;
      bounds[side][g] = bound;
      const value = bounds.low[g]! < bounds.high[g]! ? score() : NaN;
      if (isBetter(metric, value, best)) best = value;
      else bounds[side][g] = old;
      return value;
    };
    candidates.forEach(attempt);
    const at = bounds[side][g]!;
    let low = candidates.findLast((candidate) => candidate < at) ?? at;
    let high = candidates.find((candidate) => candidate > at) ?? at;
    // The score may have several tops between the neighbours; one of them is found.
    for (let step = 0; step < STEPS && low < high; step++) {
      const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
      if (isBetter(metric, attempt(a), attempt(b))) high = b;
      else low = a;
    }
    return best !== before;
  };

  const candidates = groups.map(spread);
  for (let round = 0, rising = true; rising && round < ROUNDS; round++)
    rising = candidates
      .flatMap((ofGroup, g) =>
        (['low', 'high'] as const)
          .filter((side) => given[side] === undefined)
          .map((side) => improve(side, g, ofGroup)),
      )
      .includes(true);
  return bounds;
}

const ends = (values: Float64Array): Record<Side, number> =>
  values.reduce(({ low, high }, x) => ({ low: Math.min(low, x), high: Math.max(high, x) }), {
    low: Infinity,
    high: -Infinity,
  });

function spread(columns: Columns): Float64Array {
  const sorted = Float64Array.from(columns.flatMap((column) => [...column])).sort();
  const last = sorted.length - 1;
  const places = Float64Array.from(
    { length: CANDIDATES },
    (_, i) => sorted[Math.round((i * last) / (CANDIDATES - 1))]!,
  );
  return places.filter((value, i) => i === 0 || value !== places[i - 1]);
}
