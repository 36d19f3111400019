/** Every method of blending by its name: a new one is a file, a test and a line here. */
import { backward } from './selection/backward.ts';
import { best } from './selection/best.ts';
import type { BlendMethod } from './blend-method.ts';
import { boosting } from './stacking/boosting.ts';
import { hillNegative } from './selection/hill-negative.ts';
import { hill, hillBagged, hillOnce } from './selection/hill.ts';
import { logistic } from './stacking/logistic.ts';
import { mean } from './means/mean.ts';
import { nelderMead } from './stacking/nelder-mead.ts';
import { nnls } from './stacking/nnls.ts';
import { rank } from './means/rank.ts';
import { ridge } from './stacking/ridge.ts';
import { geometric, logit, power } from './means/scaled-means.ts';
import { simplex } from './stacking/simplex.ts';
import { weighted } from './means/weighted.ts';

export const methods = {
  mean,
  weighted,
  rank,
  geometric,
  power,
  logit,
  hill,
  'hill-once': hillOnce,
  'hill-negative': hillNegative,
  'hill-bagged': hillBagged,
  backward,
  simplex,
  nnls,
  'nelder-mead': nelderMead,
  ridge,
  logistic,
  boosting,
  best,
} satisfies Record<string, BlendMethod>;
