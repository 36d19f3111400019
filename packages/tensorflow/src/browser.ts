/**
 * What of this package runs in a browser, on whatever backend of TensorFlow.js the page has: `tf` and the operations
 * that layers are made of, in plain form. Compiled functions, own kernels and bf16 need libtensorflow and stay behind.
 */
export { AdamW, type AdamWOptions } from './optimizers/adam-w.ts';
export { product } from './ops/product.ts';
export { recurrence } from './ops/recurrence.ts';
export type { RecurrenceWeights } from './ops/recurrence-weights.ts';
export { selfAttention } from './ops/self-attention.ts';
export { dense } from './ops/dense.ts';
export { feedForward } from './ops/feed-forward.ts';
export { dropout } from './ops/dropout.ts';
export { embeddingLookup } from './ops/embedding-lookup.ts';
export { biasGelu, gelu } from './ops/gelu.ts';
export { layerNorm, residualNorm } from './ops/layer-norm.ts';
export { maskedSoftmax } from './ops/masked-softmax.ts';
export { padSequences, unpadSequences } from './ops/pad-sequences.ts';
export { canPackSequences } from './ops/kernels.ts';
export {
  packedSequences,
  trainingScope,
  trainWith,
  withPackedSequences,
  type PackedSequences,
} from './scope/scope.ts';
export { addParameter, parameterOf, type Parameter, type ParameterOptions } from './parameters/parameter.ts';
export { tf } from './tf.ts';
