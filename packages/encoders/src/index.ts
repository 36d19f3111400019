/** Encoders as TensorFlow.js layers, and their checkpoints. */
export { ConfigFields } from './checkpoint/config-fields.ts';
export { readEncoderConfig } from './read-encoder-config.ts';
export type { ModelProgress } from './checkpoint/hub/fetch-from-hub.ts';
export type { PoolerWeights } from './checkpoint/pooler-weights.ts';
export { readSafetensors, type SafeTensor } from './checkpoint/read-safetensors.ts';
export { resolveModel, type ResolvedModel } from './checkpoint/hub/resolve-model.ts';
export { writeSafetensors, type TensorToWrite } from './checkpoint/write-safetensors.ts';
export { describeEncoder, families, type DescribedEncoder } from './families.ts';
export {
  inputNames,
  type BuildOptions,
  type EncoderConfig,
  type EncoderFamily,
  type InputName,
} from './family.ts';
export { inOrder } from './in-order.ts';
export { loadEncoder, type LoadedEncoder } from './load-encoder.ts';
export { saveEncoder } from './save-encoder.ts';
