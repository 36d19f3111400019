/** Texts and pairs of texts to encodings, and encodings to batches. */
export { Batches, type Batch, type BatchShape } from './batches/batch.ts';
export { Batcher, type BatcherOptions } from './batches/batcher.ts';
export type { Encoding } from './encoding.ts';
export { TextTokenizer, type TokenizerCore } from './text-tokenizer.ts';
export { Tokenizer } from './tokenizer.ts';
