/** The truth in the shape of predictions: what an all-knowing member would predict. */
import type { Columns } from '@foldwise/metrics';
import type { Problem } from './problem.ts';

/** @returns the truth itself, or for classes 1 in the column of the true one and 0 in the others: [columns][rows] */
export function trueColumns({ task, truth, members }: Pick<Problem, 'task' | 'truth' | 'members'>): Columns {
  if (task !== 'multi-class' && task !== 'ordinal') return truth;
  return members[0]!.map((_, c) => truth[0]!.map((label) => Number(label === c)));
}
