/** Tokenization, truncation and length-bucketed batches. */
export { lengthBuckets } from './length-buckets.ts';
export { makeBatches, type Batch, type BatchOptions } from './make-batches.ts';
export { padBatch, type PaddedBatch } from './pad-batch.ts';
export { Tokenizer } from './tokenizer.ts';
