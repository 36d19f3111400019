/** Tensors whose values are written and read where they are, and tensors that take the place of others; in browsers, too. */
export { filledTensor } from './filled-tensor.ts';
export { madeOf } from './made-of.ts';
export { withValues } from './with-values.ts';
