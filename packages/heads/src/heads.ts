/** The registry of heads: a new one is one file, one test and one line here. */
import type { HeadKind } from './head.ts';
import { last4Concat, last4Mean } from './layers/last-layers-heads.ts';
import { layers } from './layers/layers-head.ts';
import { weightedLayers } from './layers/weighted-layers-head.ts';
import { attention } from './pooling/attention-pooling.ts';
import { cls } from './pooling/cls-pooling.ts';
import { concat } from './pooling/concat-head.ts';
import { gem } from './pooling/gem-pooling.ts';
import { max } from './pooling/max-pooling.ts';
import { meanMax } from './pooling/mean-max-head.ts';
import { mean } from './pooling/mean-pooling.ts';
import { meanSqrt } from './pooling/mean-sqrt-pooling.ts';
import { min } from './pooling/min-pooling.ts';
import { multiHeadAttention } from './pooling/multi-head-attention-pooling.ts';
import { pooler } from './pooling/pooler-head.ts';
import { token } from './pooling/token-pooling.ts';
import { weightedMean } from './pooling/weighted-mean-pooling.ts';
import { conv1d } from './sequence/conv1d-head.ts';
import { layerGru, layerLstm } from './sequence/layer-recurrence-heads.ts';
import { bigru, bilstm, gru, lstm } from './sequence/recurrent-heads.ts';

/** Every kind of head by its name, in the order in which they are listed. */
export const heads: Readonly<Record<string, HeadKind>> = {
  cls,
  pooler,
  token,
  mean,
  'mean-sqrt': meanSqrt,
  'weighted-mean': weightedMean,
  max,
  min,
  'mean-max': meanMax,
  gem,
  attention,
  'multi-head-attention': multiHeadAttention,
  concat,
  'weighted-layers': weightedLayers,
  layers,
  'last-4-mean': last4Mean,
  'last-4-concat': last4Concat,
  'layer-lstm': layerLstm,
  'layer-gru': layerGru,
  lstm,
  bilstm,
  gru,
  bigru,
  conv1d,
};
