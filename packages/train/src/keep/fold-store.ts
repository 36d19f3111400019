/** Where the training of a fold is kept, and what must be the same for it to go on. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile } from '@foldwise/data';
import { checkpointFiles } from '@foldwise/encoders/checkpoint-files';
import { canPackSequences } from '@foldwise/tensorflow';
import type { TrainingIdentity } from './state-file.ts';
import { trainingStore, type TrainingStore } from './training-store.ts';
import { trainingStateVersion } from './training-state-version.ts';

export interface FoldStoreOptions {
  /** Of this training alone; made with the first writing. */
  folder: string;
  /** What the caller knows: settings, rows, engine. The keys are read by people. */
  identity: TrainingIdentity;
  /** Aborted where the folder is another process's: nothing is written any more. */
  lost?: AbortSignal;
}

/** @param model folder of the encoder's checkpoint */
export async function foldStore(
  { folder, identity, lost }: FoldStoreOptions,
  model: string,
  onNote?: (text: string) => void,
): Promise<TrainingStore> {
  const code = {
    'version of the numerical code': trainingStateVersion,
    'native kernels': canPackSequences() ? 'used' : 'not used', // They round otherwise than plain operations.
  };
  const checkpoint = await hashCheckpoint(model);
  const store = trainingStore(folder, { ...identity, ...code, checkpoint }, onNote);
  return {
    ...store,
    write: async (training) => {
      lost?.throwIfAborted();
      await store.write(training);
    },
  };
}

/**
 * The configuration has just the name of a checkpoint of the hub, or the weights of one in a folder. Its settings and its
 * tokenizer's change results as well. A file that is missing is told by what loads it.
 */
async function hashCheckpoint(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of checkpointFiles(folder)) {
    const path = join(folder, name);
    hash.update(`${name} ${existsSync(path) ? await hashFile(path) : 'none'}\n`);
  }
  return hash.digest('hex');
}
