/** Hill climbing without replacement: the mean of the members that help, each counting once. */
import type { BlendMethod } from '../blend-method.ts';
import { linearBlend } from '../linear-blend.ts';
import { ensembleSelection } from '../select/ensemble-selection.ts';
import { evaluatorOf } from '../select/evaluator-of.ts';

export const hillOnce: BlendMethod = {
  name: 'hill-once',
  description: 'hill climbing without replacement: the mean of those that help',
  source: 'Caruana et al. 2004',
  fit: (problem) =>
    linearBlend(problem.task, ensembleSelection(evaluatorOf(problem), { replace: false }).weights),
};
