/** Tokenization, truncation and length-bucketed batches. */
export { chooseBuckets } from './choose-buckets.ts';
export { evenBatches, type EvenBatchesOptions } from './even-batches.ts';
export { lengthBuckets } from './length-buckets.ts';
export { makeBatches, type Batch, type BatchOptions } from './make-batches.ts';
export { padBatch, type PaddedBatch } from './pad-batch.ts';
export type { Shuffle } from './permute.ts';
export { TextTokenizer, type TokenizerCore } from './text-tokenizer.ts';
export { Tokenizer } from './tokenizer.ts';
export { unpadBatch, type UnpaddedBatch } from './unpad-batch.ts';
