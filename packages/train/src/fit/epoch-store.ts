/**
 * What a training keeps on disk after each epoch, so that a process that was stopped, in whatever way, is followed by one
 * that goes on from there: weights, the optimizer's moments, and all that was counted and predicted so far.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors, type SafeTensor, type TensorToWrite } from '@foldwise/encoders';
import { readJson } from '../run/read-json.ts';
import { writeJson } from '../run/write-json.ts';
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
   * @param put puts what is kept into the model; may throw where it does not fit
   * @returns undefined where nothing is kept, or nothing of this training; the latter is told, and removed
   */
  restore: (put: (kept: KeptEpochs) => Promise<void>) => Promise<TrainingProgress | undefined>;
  /** Replaces what was kept before: a reader, and the next process, sees either the old or all of the new. */
  write: (epochs: EpochsToKeep) => Promise<void>;
  remove: () => Promise<void>;
}

/** What must be the same for the rest of a training to be the same, by what people call it. */
export type TrainingIdentity = Readonly<Record<string, string | number>>;

/** What `state.json` holds: it is written last, and names the files that belong to it. */
interface State extends Omit<TrainingProgress, 'best'> {
  format: 1;
  identity: TrainingIdentity;
  files: { weights?: string; moments?: string; best?: string };
  /** Predictions as the bytes of their float64 numbers, in base64; a score that is not defined is null. */
  best?: { epoch: number; score: number | null; chosenBy: string[] };
}

/** The file that tells how far a training is. */
export const stateFile = 'state.json';

/** @param folder of this training alone; made with the first epoch */
export function epochStore(
  folder: string,
  identity: TrainingIdentity,
  onNote: (text: string) => void = () => undefined,
): EpochStore {
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const read = async (): Promise<KeptEpochs | undefined> => {
    const state = await readJson<State>(join(folder, stateFile));
    if (!state) return undefined;
    const unlike = Object.keys(identity).find((key) => state.identity[key] !== identity[key]);
    if (unlike !== undefined) throw new Error(`it was made with another ${unlike}`);
    const { weights, moments, best } = state.files;
    const tensors = (file: string) => readSafetensors(join(folder, file));
    return {
      progress: parse(state),
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
        if (kept) await put(kept);
        return kept?.progress;
      } catch (error) {
        onNote(`starts anew, for what was kept of it is of no use: ${(error as Error).message}`);
        await remove();
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
      const state: State = { format: 1, identity, files, ...format(progress) };
      await writeJson(join(folder, stateFile), state);
      const needed = new Set([stateFile, ...Object.values(files)]);
      for (const name of await readdir(folder)) if (!needed.has(name)) await rm(join(folder, name));
    },
    remove,
  };
}

function format({ best, ...progress }: TrainingProgress): Omit<State, 'format' | 'identity' | 'files'> {
  if (!best) return progress;
  const chosenBy = best.chosenBy.map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
  );
  return { ...progress, best: { epoch: best.epoch, score: numberOrNull(best.score), chosenBy } };
}

function parse({ best, epochs, steps, tokens, seconds }: State): TrainingProgress {
  const progress = {
    // Of an epoch that was not scored, JSON has no score; of one whose score is not defined, null.
    epochs: epochs.map((epoch) => (epoch.score === null ? { ...epoch, score: NaN } : epoch)),
    steps,
    tokens,
    seconds,
  };
  if (!best) return progress;
  const chosenBy = best.chosenBy.map((text) => {
    const bytes = Buffer.from(text, 'base64');
    return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  });
  return { ...progress, best: { epoch: best.epoch, score: best.score ?? NaN, chosenBy } };
}

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
