/**
 * The mean of ranks: each prediction becomes its rank among those of its member on the rows fitted on, and the mean rank
 * becomes the prediction that stands there on average. So members of unlike scales count alike, and numbers and
 * probabilities stay what they are; for metrics of order alone it is the plain mean of ranks. Between ranks it
 * interpolates.
 */
import type { BlendMethod } from '../blend-method.ts';
import { equalWeights } from '../linear-blend.ts';
import { validPredictions } from '../../problem/valid-predictions.ts';

export const rank: BlendMethod = {
  name: 'rank',
  description: 'the mean of the ranks, put back on the scale of the predictions',
  source: 'Aslam & Montague 2001, as Borda count',
  fit({ task, members }) {
    const sorted = members.map((columns) => columns.map((column) => column.slice().sort()));
    const typical = members[0]!.map((_, c) =>
      sorted[0]![c]!.map(
        (_, place) => sorted.reduce((sum, columns) => sum + columns[c]![place]!, 0) / sorted.length,
      ),
    );
    return {
      weights: equalWeights(members.length),
      blend: (others) =>
        validPredictions(
          task,
          typical.map((scale, c) =>
            others[0]![c]!.map((_, row) => {
              const places = others.reduce(
                (sum, columns, m) => sum + placeOf(columns[c]![row]!, sorted[m]![c]!),
                0,
              );
              return valueAt(places / others.length, scale);
            }),
          ),
        ),
    };
  },
};

/** Where a value stands among sorted ones, from 0: equal ones share the mean of their places. */
function placeOf(value: number, sorted: Float64Array): number {
  const [first, end] = [
    firstFrom(sorted, (other) => other >= value),
    firstFrom(sorted, (other) => other > value),
  ];
  if (end > first) return (first + end - 1) / 2;
  if (first === 0) return 0;
  if (first === sorted.length) return sorted.length - 1;
  const [below, above] = [sorted[first - 1]!, sorted[first]!];
  return first - 1 + (value - below) / (above - below);
}

/** Of sorted values, the index of the first that is, or their number. */
function firstFrom(sorted: Float64Array, is: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function valueAt(place: number, sorted: Float64Array): number {
  const below = Math.floor(place);
  const share = place - below;
  return share === 0 ? sorted[below]! : (1 - share) * sorted[below]! + share * sorted[below + 1]!;
}
