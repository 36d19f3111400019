/** Hill climbing with replacement: the member that helps most joins, again and again, and each counts as often as it did. */
import type { BlendMethod } from '../blend-method.ts';
import { linearBlend } from '../linear-blend.ts';
import { ensembleSelection } from '../select/ensemble-selection.ts';
import { evaluatorOf } from '../select/evaluator-of.ts';

export const hill: BlendMethod = {
  name: 'hill',
  description: 'hill climbing with replacement, a hundred steps at most',
  source: 'Caruana et al. 2004',
  fit: (problem) => linearBlend(problem.task, ensembleSelection(evaluatorOf(problem)).weights),
};
