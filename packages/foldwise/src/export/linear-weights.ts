/** The weights by which an ensemble's predictions follow from its members', checked on the test rows. */
import { join } from 'node:path';
import type { Task } from '@foldwise/data';
import type { LinearBlend } from '@foldwise/export';
import type { ListedRun, Predictions } from '@foldwise/runs';
import type { EnsembleRecord } from '../ensembles/ensemble-record.ts';

/** How far the weights may be off on a test row: rounding. */
const TOLERANCE = 1e-9;

/**
 * @param folder the ensemble's
 * @throws Error for a blend that is not linear, or whose members' predictions have changed since
 */
export async function linearWeights(
  { method, weights: recorded, members }: EnsembleRecord,
  folder: string,
  runs: readonly ListedRun[],
  task: Task,
): Promise<LinearBlend> {
  const { readPredictions } = await import('@foldwise/runs');
  const blended = await readPredictions(join(folder, 'test.csv'));
  const tests = await Promise.all(runs.map((run) => readPredictions(join(run.folder, 'test.csv'))));
  const refuse = (why: string): never => {
    throw new Error(
      `${folder} cannot be exported to Kaggle: ${why}; export a member, or blend by a method with weights, such as mean`,
    );
  };
  const equal = members.map(() => 1 / members.length);
  if (!recorded && method !== 'mean') refuse(`the method ${method} has no weights`);
  // The columns of classes share those of their target.
  const ofColumn = (c: number): number[] => {
    const byMember = recorded?.[blended.columns[c]!] ?? Object.values(recorded ?? {})[0];
    return byMember ? members.map(({ name }) => byMember[name]!) : equal;
  };
  const columns = tests.map((test) => inOrderOf(blended, test));
  const intercepts = blended.values.map((values, c) => {
    const rest = values.map((value, row) => value - combine(columns, ofColumn(c), c, row));
    // Most rows are not cut to between 0 and 1, so that the middle of what is left is the intercept.
    return rest.slice().sort()[Math.floor(rest.length / 2)]!;
  });
  const weights = members.map((_, m) => intercepts.map((_, c) => ofColumn(c)[m]!));
  const linear = blended.values.map((values, c) =>
    values.map((_, row) => combine(columns, ofColumn(c), c, row) + intercepts[c]!),
  );
  valid(linear, task).forEach((values, c) =>
    values.forEach((value, row) => {
      const is = blended.values[c]![row]!;
      if (!(Math.abs(value - is) <= TOLERANCE * Math.max(1, Math.abs(is))))
        refuse(`its row ${JSON.stringify(blended.ids[row])} is ${is}, and its weights give ${value}`);
    }),
  );
  return { weights, intercepts: intercepts.map((value) => (Math.abs(value) < TOLERANCE ? 0 : value)) };
}

/** As blends make probabilities of linear combinations, which can be below 0, above 1, or not add up. */
function valid(columns: Float64Array[], task: Task): Float64Array[] {
  if (task === 'regression') return columns;
  const inside = columns.map((column) => column.map((value) => Math.min(1, Math.max(0, value))));
  if (task !== 'multi-class' && task !== 'ordinal') return inside;
  const totals = inside[0]!.map((_, row) => inside.reduce((sum, column) => sum + column[row]!, 0));
  return inside.map((column) => column.map((value, row) => value / totals[row]!));
}

const combine = (
  members: readonly Float64Array[][],
  weights: readonly number[],
  column: number,
  row: number,
): number => weights.reduce((sum, weight, m) => sum + weight * members[m]![column]![row]!, 0);

function inOrderOf({ ids }: Predictions, other: Predictions): Float64Array[] {
  const rowOf = new Map(other.ids.map((id, row) => [id, row]));
  return other.values.map((column) => Float64Array.from(ids, (id) => column[rowOf.get(id) ?? -1] ?? NaN));
}
