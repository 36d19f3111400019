/** BERT-family encoders as TensorFlow.js layers, and their checkpoints. */
export { bertEncoder, type BertEncoderOptions } from './bert/bert-encoder.ts';
export { BertEmbeddings } from './bert/bert-embeddings.ts';
export { BertLayer } from './bert/bert-layer.ts';
export { PaddedStates } from './bert/padded-states.ts';
export { readEncoderConfig, type EncoderConfig } from './checkpoint/encoder-config.ts';
export type { ModelProgress } from './checkpoint/fetch-from-hub.ts';
export type { PoolerWeights } from './checkpoint/pooler-weights.ts';
export { readSafetensors, type SafeTensor } from './checkpoint/read-safetensors.ts';
export { resolveModel, type ResolvedModel } from './checkpoint/resolve-model.ts';
export { writeSafetensors, type TensorToWrite } from './checkpoint/write-safetensors.ts';
export { loadEncoder, type LoadedEncoder } from './load-encoder.ts';
export { saveEncoder } from './save-encoder.ts';
