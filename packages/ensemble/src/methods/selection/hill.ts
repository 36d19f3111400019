/** Hill climbing: the member that helps most joins the blend, step by step (ensemble selection). */
import type { BlendMethod } from '../blend-method.ts';
import { ensembleSelection } from './ensemble-selection.ts';
import { evaluatorOf } from '../../evaluators/evaluator-of.ts';
import { linearBlend } from '../linear-blend.ts';
import { randomNumbers } from '../../numeric/random-numbers.ts';

/** Hill climbing with replacement: the member that helps most joins, again and again, and each counts as often as it did. */
export const hill: BlendMethod = {
  name: 'hill',
  description: 'hill climbing with replacement, a hundred steps at most',
  source: 'Caruana et al. 2004',
  fit: (problem) => linearBlend(problem.task, ensembleSelection(evaluatorOf(problem)).weights),
};

/** Hill climbing without replacement: the mean of the members that help, each counting once. */
export const hillOnce: BlendMethod = {
  name: 'hill-once',
  description: 'hill climbing without replacement: the mean of those that help',
  source: 'Caruana et al. 2004',
  fit: (problem) =>
    linearBlend(problem.task, ensembleSelection(evaluatorOf(problem), { replace: false }).weights),
};

const BAGS = 20;

/** Hill climbing among a random half of the members, twenty times, averaged: less is fitted to the rows by chance. */
export const hillBagged: BlendMethod = {
  name: 'hill-bagged',
  description: 'the mean of twenty hill climbings, each among a random half of the members',
  source: 'Caruana et al. 2004',
  fit(problem) {
    const evaluator = evaluatorOf(problem);
    const random = randomNumbers(0);
    const members = problem.members.map((_, member) => member);
    const weights = members.map(() => 0);
    for (let bag = 0; bag < BAGS; bag++) {
      const drawn = members.map((member) => ({ member, key: random() })).sort((a, b) => a.key - b.key);
      const candidates = drawn
        .slice(0, Math.ceil(members.length / 2))
        .map(({ member }) => member)
        .sort((a, b) => a - b);
      const selection = ensembleSelection(evaluator, { candidates });
      selection.weights.forEach((weight, member) => (weights[member]! += weight / BAGS));
    }
    return linearBlend(problem.task, weights);
  },
};
