/**
 * Cuts on a number line that make ordered classes of numbers, as OptimizedRounder of many kernels does, but exact for
 * quadratic kappa, accuracy and the squared and absolute errors, and never random.
 */
import { blocksByScore, cutBetween } from './blocks.ts';
import { climbCuts } from './climb-cuts.ts';
import { exactCuts } from './exact-cuts.ts';
import { numberLine } from '../number-line.ts';
import type { PostProcessing, TuningRows } from '../post-processing.ts';

/** More values than that in the truth are measurements, not classes. */
const MOST_VALUES = 100;

export const cutPoints: PostProcessing = {
  name: 'cut-points',
  description: 'cuts between ordered classes on the expected class, or between the values seen of a number',
  tasks: ['ordinal', 'regression'],
  settings: {},
  decides: true,
  suits: ({ takes }) => takes === 'numbers' || takes === 'classes',
  fit(rows) {
    const numbers = numberLine(rows.task, rows.predictions);
    const fitted = numbers.map((column, t) => fitColumn(rows, t, column));
    return { cuts: fitted.map(({ cuts }) => cuts), values: fitted.map(({ values }) => values) };
  },
  apply({ cuts, values }, predictions, task) {
    return numberLine(task, predictions).map((column, t) => {
      const ends = (cuts as number[][])[t]!;
      return column.map((x) => (values as number[][])[t]![ends.filter((cut) => x > cut).length]!);
    });
  },
};

function fitColumn(
  { task, metric, truth, predictions, weights }: TuningRows,
  target: number,
  numbers: Float64Array,
): { cuts: number[]; values: number[] } {
  const seen = [...new Set(truth[target])].sort((a, b) => a - b);
  const values = task === 'ordinal' ? Array.from(predictions.keys()) : seen;
  if (values.length > MOST_VALUES)
    throw new Error(
      `cut points need a truth of ${MOST_VALUES} different values or fewer, got ${values.length}; round to a step instead`,
    );
  const { scores, blockOf } = blocksByScore(numbers);
  const indexOf = new Map(values.map((value, i) => [value, i]));
  /** Rows of each class in each block: [classes][blocks]. */
  const rows = values.map(() => new Float64Array(scores.length));
  truth[target]!.forEach((value, row) => {
    rows[indexOf.get(value)!]![blockOf[row]!]! += weights === undefined ? 1 : weights[row]!;
  });
  const places = exactCuts(metric.name, rows, values) ?? climbCuts(metric, rows, values);
  return { cuts: Array.from(places, (place) => cutBetween(scores, place)), values };
}
