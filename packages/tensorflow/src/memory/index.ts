/** Tensors whose values are written and read where they are, and tensors that take the place of others; in browsers, too. */
export { filledTensor } from '../ops/filled-tensor.ts';
export { madeOf } from '../ops/made-of.ts';
export { withValues } from '../ops/with-values.ts';
