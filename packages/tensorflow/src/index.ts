/** libtensorflow for TensorFlow.js: the engine, compiled functions, and operations that they are made of. */
export type { InstallProgress } from './library/wheels/wheel.ts';
export { compile, type CompiledFunction, type CompileOptions } from './compile/compile.ts';
export { compileModel } from './compile/compile-model.ts';
export {
  exportGraph,
  type ExportedGraph,
  type ExportGraphOptions,
  type GraphInput,
} from './export/export-graph.ts';
export type { Nested } from './compile/nested.ts';
export { allowTf32 } from './engine/allow-tf32.ts';
export { engineReport, type EngineReport } from './engine/engine-report.ts';
export { fastestPrecision } from './engine/fastest-precision.ts';
export { startEngine, type Engine, type EngineOptions } from './engine/start-engine.ts';
export { memoryStats, resetPeakMemory, type DeviceMemory, type MemoryStats } from './memory/memory-stats.ts';
export type { FunctionProfile, OperationTime } from './profile/profile-function.ts';
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
  withKernels,
  withPackedSequences,
  withPrecision,
  type PackedSequences,
  type Precision,
} from './scope/scope.ts';
export {
  addParameter,
  parameterOf,
  variableOf,
  type Parameter,
  type ParameterOptions,
} from './parameters/parameter.ts';
export { tf } from './tf.ts';
