/** The forms in which the weights of a checkpoint are published, and which of them a folder has. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readShardIndex } from './shard-index.ts';

export interface WeightForm {
  format: 'safetensors' | 'pytorch';
  /** Whether `file` is the index of several. */
  sharded: boolean;
  file: string;
}

/** The first one that is there is read, as Python's transformers does. */
export const weightForms: readonly WeightForm[] = [
  { format: 'safetensors', sharded: false, file: 'model.safetensors' },
  { format: 'safetensors', sharded: true, file: 'model.safetensors.index.json' },
  { format: 'pytorch', sharded: false, file: 'pytorch_model.bin' },
  { format: 'pytorch', sharded: true, file: 'pytorch_model.bin.index.json' },
];

/** For messages. */
export const weightFormNames = 'model.safetensors or pytorch_model.bin, each also in shards with its index';

/** The form of the weights in `folder`; undefined where it has none. */
export function findWeights(folder: string): WeightForm | undefined {
  return weightForms.find(({ file }) => existsSync(join(folder, file)));
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

/** The files of an index, each once, by their names. */
export function shardsOf(index: string): string[] {
  return [...new Set(readShardIndex(index).values())].sort();
}
