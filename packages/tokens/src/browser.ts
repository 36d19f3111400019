/** What of this package runs in a browser: all but reading a tokenizer from a folder. */
export { lengthBuckets } from './length-buckets.ts';
export { padBatch, type PaddedBatch } from './pad-batch.ts';
export { TextTokenizer, type TokenizerCore } from './text-tokenizer.ts';
