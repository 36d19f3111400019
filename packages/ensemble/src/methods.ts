/** Every method of blending by its name: a new one is a file, a test and a line here. */
import type { BlendMethod } from './blend-method.ts';
import { backward } from './methods/backward.ts';
import { best } from './methods/best.ts';
import { boosting } from './methods/boosting.ts';
import { geometric } from './methods/geometric.ts';
import { hill } from './methods/hill.ts';
import { hillBagged } from './methods/hill-bagged.ts';
import { hillNegative } from './methods/hill-negative.ts';
import { hillOnce } from './methods/hill-once.ts';
import { logistic } from './methods/logistic.ts';
import { logit } from './methods/logit.ts';
import { mean } from './methods/mean.ts';
import { nelderMead } from './methods/nelder-mead.ts';
import { nnls } from './methods/nnls.ts';
import { power } from './methods/power.ts';
import { rank } from './methods/rank.ts';
import { ridge } from './methods/ridge.ts';
import { simplex } from './methods/simplex.ts';
import { weighted } from './methods/weighted.ts';

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
