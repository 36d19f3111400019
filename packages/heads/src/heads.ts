/** The registry of pooling heads: a new head is one file, one test and one line here. */
import { ClsPooling } from './cls-pooling.ts';
import { ConcatPooling } from './concat-pooling.ts';
import { MeanPooling } from './mean-pooling.ts';
import type { PoolingLayer } from './pooling-layer.ts';

export interface Head {
  /** One line for `foldwise heads` and the documentation. */
  description: string;
  /** Paper or system. */
  source: string;
  create: () => PoolingLayer;
}

/** Every head by the name that pipelines and the command line use. */
export const heads: Readonly<Record<string, Head>> = {
  cls: {
    description: "the first token's hidden state",
    source: 'Devlin et al. 2019',
    create: () => new ClsPooling({ name: 'head' }),
  },
  mean: {
    description: 'the mean over the tokens (GlobalAveragePooling1D that leaves padding out)',
    source: 'Reimers & Gurevych 2019',
    create: () => new MeanPooling({ name: 'head' }),
  },
  concat: {
    description: 'mean and maximum over the tokens, side by side',
    source: 'Howard & Ruder 2018',
    create: () => new ConcatPooling({ name: 'head' }),
  },
};
