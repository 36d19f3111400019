/** Blends runs by the arithmetic mean of their predictions, weighted if asked. */
import { alignRows } from './align-rows.ts';
import type { Member } from './member.ts';

export interface Blend {
  /** In the order of the first member: [rows]. */
  ids: string[];
  columns: string[];
  /** [columns][rows] */
  predictions: Float64Array[];
}

/**
 * Rows are matched by id, whatever their order in each member.
 *
 * @param weights one for each member, of any sum; all equal by default
 * @throws Error for no members; for members whose folds, columns, rows or targets differ, naming the difference; for
 * predictions and weights that are not finite, and weights that are negative or all zero
 */
export function blendMean(
  members: readonly Member[],
  weights: readonly number[] = members.map(() => 1),
): Blend {
  const [first] = members;
  if (first === undefined) throw new Error('there is nothing to blend: expected one run or more');
  checkWeights(weights, members.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const predictions = first.columns.map(() => new Float64Array(first.ids.length));
  members.forEach((member, m) => {
    const rows = alignRows(first, member);
    predictions.forEach((blend, c) =>
      rows.forEach((row, i) => {
        const value = member.predictions[c]?.[row];
        if (!Number.isFinite(value))
          throw new Error(
            `${member.name}: the prediction of ${member.columns[c]} for row ${JSON.stringify(first.ids[i])} is ${value}; expected a finite number`,
          );
        blend[i]! += weights[m]! * value!;
      }),
    );
  });
  return {
    ids: [...first.ids],
    columns: [...first.columns],
    predictions: predictions.map((column) => column.map((value) => value / total)),
  };
}

function checkWeights(weights: readonly number[], members: number): void {
  if (weights.length !== members)
    throw new Error(`expected a weight for each of ${members} runs, got ${weights.length}`);
  const wrong = weights.find((weight) => !Number.isFinite(weight) || weight < 0);
  if (wrong !== undefined) throw new Error(`expected weights of 0 or more, got ${wrong}`);
  if (weights.every((weight) => weight === 0)) throw new Error('expected a weight above 0, got only zeros');
}
