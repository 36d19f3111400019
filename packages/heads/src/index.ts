/** Pooling heads and task outputs as TensorFlow.js layers. */
export { ClsPooling } from './cls-pooling.ts';
export { ConcatPooling } from './concat-pooling.ts';
export { findHead } from './find-head.ts';
export { heads, type Head } from './heads.ts';
export { MeanPooling } from './mean-pooling.ts';
export { PoolingLayer } from './pooling-layer.ts';
export { taskOutput, type OutputTask, type TaskOutput } from './task-output.ts';
