/**
 * Stacking by gradient-boosted trees on the members' predictions, with Yggdrasil Decision Forests, which Google keeps, as
 * WebAssembly: it needs no compiler, no network and no processor of a kind, and the same rows give the same trees. Its
 * own defaults: trees of depth 6, shrinkage 0.1, a tenth of the rows held out to say when to stop, 300 trees at most.
 */
import type { Columns } from '@foldwise/metrics';
import { amongInformed } from './among-informed.ts';
import type { BlendMethod } from '../blend-method.ts';
import type { Problem } from '../../problem/problem.ts';
import { trainTrees } from './train-trees.ts';
import { validPredictions } from '../../problem/valid-predictions.ts';

export const boosting: BlendMethod = {
  name: 'boosting',
  description: 'stacking by gradient-boosted trees',
  source: 'Friedman 2001; Guillame-Bert et al. 2023',
  fit: amongInformed(async (problem) => {
    const { task } = problem;
    const ofClasses = task === 'multi-class' || task === 'ordinal';
    const columns = problem.members[0]!.length;
    const models = await Promise.all(
      problem.truth.map((target) =>
        trainTrees(featuresOf(problem.members), target, ofClasses ? columns : task === 'regression' ? 0 : 2),
      ),
    );
    return {
      blend(members) {
        const features = featuresOf(members);
        // Of labels 0 and 1, the probability of 1.
        const predicted = models.flatMap((model) =>
          ofClasses || task === 'regression' ? model(features) : [model(features)[1]!],
        );
        return validPredictions(task, predicted);
      },
    };
  }),
};

const featuresOf = (members: Problem['members']): Columns => members.flat();
