/** Hill climbing among a random half of the members, twenty times, averaged: less is fitted to the rows by chance. */
import type { BlendMethod } from '../blend-method.ts';
import { linearBlend } from '../linear-blend.ts';
import { randomNumbers } from '../numeric/random-numbers.ts';
import { ensembleSelection } from '../select/ensemble-selection.ts';
import { evaluatorOf } from '../select/evaluator-of.ts';

const BAGS = 20;

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
