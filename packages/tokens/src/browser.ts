/** What of this package runs in a browser: all but reading a tokenizer from a folder. */
export { Batches } from './batches/batch.ts';
export { TextTokenizer, type TokenizerCore } from './text-tokenizer.ts';
