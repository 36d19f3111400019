/** Heads and task outputs as TensorFlow.js layers. */
export { findHead } from './find-head.ts';
export type { Head, HeadInputs, HeadKind } from './head.ts';
export { heads } from './heads.ts';
export { AttentionPooling } from './pooling/attention-pooling.ts';
export { ClsPooling } from './pooling/cls-pooling.ts';
export { GemPooling } from './pooling/gem-pooling.ts';
export { MaxPooling } from './pooling/max-pooling.ts';
export { MeanPooling } from './pooling/mean-pooling.ts';
export { MeanSqrtPooling } from './pooling/mean-sqrt-pooling.ts';
export { MinPooling } from './pooling/min-pooling.ts';
export { MultiHeadAttentionPooling } from './pooling/multi-head-attention-pooling.ts';
export { Pooler } from './pooling/pooler-head.ts';
export { TokenPooling } from './pooling/token-pooling.ts';
export { WeightedMeanPooling } from './pooling/weighted-mean-pooling.ts';
export { PoolingLayer } from './pooling/pooling-layer.ts';
export { linearOutput, outputLayers, type OutputSettings } from './output/output-layers.ts';
export { taskOutput, type OutputTask, type TaskOutput } from './output/task-output.ts';
