/** The registry of heads: a new one is one file, one test and one line here. */
import type { HeadKind } from './head.ts';
import { cls } from './pooling/cls-pooling.ts';
import { concat } from './pooling/concat-head.ts';
import { max } from './pooling/max-pooling.ts';
import { mean } from './pooling/mean-pooling.ts';

/** Every kind of head by its name, in the order in which they are listed. */
export const heads: Readonly<Record<string, HeadKind>> = {
  cls,
  mean,
  max,
  concat,
};
