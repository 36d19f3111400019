/** Which files a checkpoint is read from. Without tensors, for what only needs to know whether a checkpoint has changed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readShardIndex } from './shard-index.ts';

export interface WeightForm {
  format: 'safetensors' | 'pytorch';
  /** Whether `file` is the index of several. */
  sharded: boolean;
  file: string;
}

/** The forms in which weights are published. The first one that is there is read, as Python's transformers does. */
export const weightForms: readonly WeightForm[] = [
  { format: 'safetensors', sharded: false, file: 'model.safetensors' },
  { format: 'safetensors', sharded: true, file: 'model.safetensors.index.json' },
  { format: 'pytorch', sharded: false, file: 'pytorch_model.bin' },
  { format: 'pytorch', sharded: true, file: 'pytorch_model.bin.index.json' },
];

/** For messages. */
export const weightFormNames = 'model.safetensors or pytorch_model.bin, each also in shards with its index';

/** What a tokenizer is made from where there is no tokenizer.json; `special_tokens_map.json` and the like alone are none. */
export const vocabularyFiles: readonly string[] = [
  'spm.model',
  'sentencepiece.bpe.model',
  'spiece.model',
  'tokenizer.model',
  'vocab.txt',
  'vocab.json',
];
export const vocabularyCompanions: readonly string[] = [
  'merges.txt',
  'special_tokens_map.json',
  'added_tokens.json',
];

/** The form of the weights in `folder`; undefined where it has none. */
export function findWeights(folder: string): WeightForm | undefined {
  return weightForms.find(({ file }) => existsSync(join(folder, file)));
}

/** The files that an index has tensors in, each once, by their names. */
export function shardsOf(index: string): string[] {
  return [...new Set(readShardIndex(index).values())].sort();
}

/**
 * The files that the weights in `folder` are read from, with the index first where there is one; none where there are no
 * weights.
 *
 * @throws if an index cannot be read
 */
export function weightFiles(folder: string): string[] {
  const form = findWeights(folder);
  if (!form) return [];
  return form.sharded ? [form.file, ...shardsOf(join(folder, form.file))] : [form.file];
}

/**
 * All files that a checkpoint in `folder` is read from, in an order that hashes can rely on: its configuration, its weights
 * and its tokenizer. Those that every checkpoint has are among them even where they are missing.
 *
 * @throws if an index of weights cannot be read
 */
export function checkpointFiles(folder: string): string[] {
  const isThere = (name: string) => existsSync(join(folder, name));
  const weights = weightFiles(folder);
  // Beside a tokenizer.json these do not matter.
  const vocabulary = isThere('tokenizer.json') ? [] : [...vocabularyFiles, ...vocabularyCompanions];
  return [
    'config.json',
    ...(weights.length > 0 ? weights : ['model.safetensors']),
    'tokenizer.json',
    'tokenizer_config.json',
    ...vocabulary.filter(isThere),
  ];
}
