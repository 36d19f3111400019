/**
 * What a training keeps on disk as it goes, so that a process that was stopped, in whatever way, is followed by one that
 * goes on from there: weights, the optimizer's moments, and its state.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, setAside, writeJson } from '@foldwise/data';
import { readSafetensors, writeSafetensors, type SafeTensor, type TensorToWrite } from '@foldwise/encoders';
import type { TrainingState } from '../trainer/training-state.ts';
import {
  formatState,
  ownName,
  parseState,
  stateFile,
  type StateFile,
  type TrainingIdentity,
} from './state-file.ts';
import { readKept, UnusableTraining } from './unusable.ts';

export interface KeptTraining {
  state: TrainingState;
  /** As they were at the state's step. */
  weights: ReadonlyMap<string, SafeTensor>;
  /** Undefined after all epochs. */
  moments: ReadonlyMap<string, SafeTensor> | undefined;
  /** After the best epoch; undefined where these are `weights`, or none was scored. */
  best: ReadonlyMap<string, SafeTensor> | undefined;
}

export interface TrainingToKeep {
  state: TrainingState;
  /** Undefined where they are not needed any more: after all epochs, of which an earlier one was the best. */
  weights: ReadonlyMap<string, TensorToWrite> | undefined;
  /** Undefined after all epochs. */
  moments: ReadonlyMap<string, TensorToWrite> | undefined;
}

export interface TrainingStore {
  /**
   * @param put puts what is kept into the model; throws `UnusableTraining` where it does not fit
   * @returns undefined where nothing is kept, or nothing that this training can use; the latter is renamed, and told
   * @throws Error where what is kept could not be read, or put into the model, for now; it stays as it is
   */
  restore: (put: (kept: KeptTraining) => Promise<void>) => Promise<TrainingState | undefined>;
  /**
   * Replaces what was kept before: a reader, and the next process, sees either the old or all of the new. Weights are the
   * best epoch's where the state names another best one than at the write before.
   */
  write: (training: TrainingToKeep) => Promise<void>;
}

/** @param folder of this training alone; made with the first writing */
export function trainingStore(
  folder: string,
  identity: TrainingIdentity,
  onNote: (text: string) => void = () => undefined,
): TrainingStore {
  const read = async (): Promise<KeptTraining | undefined> => {
    const path = join(folder, stateFile);
    const content = await readKept(path, (file) => readJson<StateFile>(file));
    if (content === undefined) {
      await checkNoneLost(folder);
      return undefined;
    }
    const { state, files } = parseState(content, identity, path);
    const { weights = files.best!, moments, best } = files; // After all epochs, only the best one's are kept.
    const tensors = (file: string) => readKept(join(folder, file), readSafetensors);
    return {
      state,
      weights: await tensors(weights),
      moments: moments === undefined ? undefined : await tensors(moments),
      best: best === undefined || best === weights ? undefined : await tensors(best),
    };
  };
  return {
    restore: async (put) => {
      try {
        const kept = await read();
        if (kept) await putBack(folder, () => put(kept));
        return kept?.state;
      } catch (error) {
        if (!(error instanceof UnusableTraining)) throw error;
        const aside = await setAside(folder);
        onNote(`starts anew. What was kept of it is in ${aside} now, for ${error.message}`);
        return undefined;
      }
    },
    write: async ({ state, weights, moments }) => {
      await mkdir(folder, { recursive: true });
      const path = join(folder, stateFile);
      const numbers = (await readdir(folder)).map((name) => Number(ownName.exec(name)?.[1] ?? 0));
      const number = Math.max(0, ...numbers) + 1;
      const ofWeights = `weights-${number}.safetensors`;
      const before = await readJson<StateFile>(path);
      const isSameBest = before?.best?.epoch === state.best?.epoch;
      const files: StateFile['files'] = {
        weights: weights && ofWeights,
        moments: moments && `moments-${number}.safetensors`,
        best: isSameBest ? before?.files.best : ofWeights,
      };
      if (weights) await writeSafetensors(join(folder, ofWeights), weights);
      if (moments) await writeSafetensors(join(folder, files.moments!), moments);
      await writeJson(path, formatState(state, identity, files));
      // Only now: until the new state is whole, the old one is what a next process goes on from.
      const needed = new Set<string | undefined>(Object.values(files));
      for (const name of await readdir(folder))
        if (ownName.test(name) && !needed.has(name)) await rm(join(folder, name));
    },
  };
}

/** A process that was killed within the first writing leaves files of that one alone, which no one misses. */
async function checkNoneLost(folder: string): Promise<void> {
  const names = await namesIn(folder);
  if (names.some((name) => Number(ownName.exec(name)?.[1] ?? 0) > 1))
    throw new UnusableTraining(`${join(folder, stateFile)}, which tells how far it was, is missing`);
}

function namesIn(folder: string): Promise<string[]> {
  return readKept(folder, (path) =>
    readdir(path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }),
  );
}

async function putBack(folder: string, put: () => Promise<void>): Promise<void> {
  try {
    await put();
  } catch (error) {
    if (error instanceof UnusableTraining) throw error;
    throw new Error(
      `${folder}: what is kept could not be put back into the model: ${(error as Error).message}. The training stops, and what was kept stays as it is. Mend that (free some memory, say), then run the same command again.`,
      { cause: error },
    );
  }
}
