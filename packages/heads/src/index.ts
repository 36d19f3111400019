/** Heads and task outputs as TensorFlow.js layers. */
export { findHead } from './find-head.ts';
export type { Head, HeadInputs, HeadKind } from './head.ts';
export { heads } from './heads.ts';
export { ClsPooling } from './pooling/cls-pooling.ts';
export { MaxPooling } from './pooling/max-pooling.ts';
export { MeanPooling } from './pooling/mean-pooling.ts';
export { PoolingLayer } from './pooling/pooling-layer.ts';
export { taskOutput, type OutputTask, type TaskOutput } from './output/task-output.ts';
