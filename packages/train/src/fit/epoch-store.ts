/**
 * What a training keeps on disk after each epoch, so that a process that was stopped, in whatever way, is followed by one
 * that goes on from there: weights, the optimizer's moments, and all that was counted and predicted so far.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors, type SafeTensor, type TensorToWrite } from '@foldwise/encoders';
import { readJson, setAside, writeJson } from '@foldwise/data';
import { readKept, UnusableEpochs } from './epoch-store-error.ts';
import {
  formatState,
  ownName,
  parseState,
  stateFile,
  type State,
  type TrainingIdentity,
} from './epoch-store-state.ts';
import type { TrainingProgress } from './training-progress.ts';

export interface KeptEpochs {
  progress: TrainingProgress;
  /** After the last epoch that is kept. */
  weights: ReadonlyMap<string, SafeTensor>;
  /** Undefined after all epochs. */
  moments: ReadonlyMap<string, SafeTensor> | undefined;
  /** After the best epoch; undefined where that is the last one, or none was scored. */
  best: ReadonlyMap<string, SafeTensor> | undefined;
}

export interface EpochsToKeep {
  progress: TrainingProgress;
  /** Undefined where they are not needed any more: after all epochs, of which an earlier one was the best. */
  weights: ReadonlyMap<string, TensorToWrite> | undefined;
  /** Undefined after all epochs. */
  moments: ReadonlyMap<string, TensorToWrite> | undefined;
}

export interface EpochStore {
  /**
   * @param put puts what is kept into the model; throws `UnusableEpochs` where it does not fit
   * @returns undefined where nothing is kept, or nothing that this training can use; the latter is renamed, and told
   * @throws Error where what is kept could not be read, or put into the model, for now; it stays as it is
   */
  restore: (put: (kept: KeptEpochs) => Promise<void>) => Promise<TrainingProgress | undefined>;
  /** Replaces what was kept before: a reader, and the next process, sees either the old or all of the new. */
  write: (epochs: EpochsToKeep) => Promise<void>;
}

/** @param folder of this training alone; made with the first epoch */
export function epochStore(
  folder: string,
  identity: TrainingIdentity,
  onNote: (text: string) => void = () => undefined,
): EpochStore {
  const aside = async (reason: string): Promise<void> => {
    const path = await setAside(folder);
    onNote(`starts anew. What was kept of it is in ${path} now, for ${reason}`);
  };
  const read = async (): Promise<KeptEpochs | undefined> => {
    const path = join(folder, stateFile);
    const state = await readKept(path, (file) => readJson<State>(file));
    if (state === undefined) {
      await checkNoneLost(folder);
      return undefined;
    }
    const { progress, files } = parseState(state, identity, path);
    const { weights, moments, best } = files;
    const tensors = (file: string) => readKept(join(folder, file), readSafetensors);
    return {
      progress,
      // After all epochs, only the best one's are kept.
      weights: await tensors((weights ?? best)!),
      moments: moments === undefined ? undefined : await tensors(moments),
      best: best === undefined || best === (weights ?? best) ? undefined : await tensors(best),
    };
  };
  return {
    restore: async (put) => {
      try {
        const kept = await read();
        if (kept) await putBack(folder, () => put(kept));
        return kept?.progress;
      } catch (error) {
        if (!(error instanceof UnusableEpochs)) throw error;
        await aside(error.message);
        return undefined;
      }
    },
    write: async ({ progress, weights, moments }) => {
      await mkdir(folder, { recursive: true });
      const epoch = progress.epochs.length;
      const files: State['files'] = {
        weights: weights && `weights-${epoch}.safetensors`,
        moments: moments && `moments-${epoch}.safetensors`,
        best: progress.best && `weights-${progress.best.epoch}.safetensors`,
      };
      if (weights) await writeSafetensors(join(folder, files.weights!), weights);
      if (moments) await writeSafetensors(join(folder, files.moments!), moments);
      await writeJson(join(folder, stateFile), formatState(progress, identity, files));
      // Only now: until the new state is whole, the old one is what a next process goes on from.
      const needed = new Set<string | undefined>(Object.values(files));
      for (const name of await readdir(folder))
        if (ownName.test(name) && !needed.has(name)) await rm(join(folder, name));
    },
  };
}

/** A process that was killed within its first epoch's writing leaves files of that epoch alone, which no one misses. */
async function checkNoneLost(folder: string): Promise<void> {
  const names = await namesIn(folder);
  if (names.some((name) => Number(ownName.exec(name)?.[1] ?? 0) > 1))
    throw new UnusableEpochs(`${join(folder, stateFile)}, which tells how far it was, is missing`);
}

function namesIn(folder: string): Promise<string[]> {
  return readKept(folder, (path) =>
    readdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    }),
  );
}

async function putBack(folder: string, put: () => Promise<void>): Promise<void> {
  try {
    await put();
  } catch (error) {
    if (error instanceof UnusableEpochs) throw error;
    throw new Error(
      `${folder}: what is kept could not be put back into the model: ${(error as Error).message}. The training stops, and what was kept stays as it is. Mend that (free some memory, say), then run the same command again.`,
      { cause: error },
    );
  }
}
