/** Where the training of a fold keeps its epochs, and what must be the same for it to go on with them. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile } from '@foldwise/data';
import { epochStore, type EpochStore } from './epoch-store.ts';
import type { TrainingIdentity } from './epoch-store-state.ts';
import { trainingStateVersion } from './training-state-version.ts';

export interface FoldStoreOptions {
  /** Of this training alone; made with the first epoch. */
  folder: string;
  /** What the caller knows: settings, rows, engine. The keys are read by people. */
  identity: TrainingIdentity;
}

/** @param model folder of the encoder's checkpoint */
export async function foldStore(
  { folder, identity }: FoldStoreOptions,
  model: string,
  onNote?: (text: string) => void,
): Promise<EpochStore> {
  const code = { 'version of the numerical code': trainingStateVersion };
  return epochStore(folder, { ...identity, ...code, checkpoint: await hashCheckpoint(model) }, onNote);
}

/** All that is read of a checkpoint. */
const files = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'];

/**
 * The configuration has just the name of a checkpoint of the hub, or the weights of one in a folder. Its settings and its
 * tokenizer's change results as well. A file that is missing is told by what loads it.
 */
async function hashCheckpoint(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of files) {
    const path = join(folder, name);
    hash.update(`${name} ${existsSync(path) ? await hashFile(path) : 'none'}\n`);
  }
  return hash.digest('hex');
}
