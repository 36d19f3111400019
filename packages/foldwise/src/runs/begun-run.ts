/** A run while it is trained: what is kept of it, at any time and also once it was stopped. */
import type { Run } from '@foldwise/runs';

/** How far a fold is that was begun. */
export interface BegunFold {
  fold: number;
  /** Whole ones that are kept. */
  epochs: number;
  /** Kept of the epoch after these. */
  steps: number;
}

/** What reads the kept state of folds; loaded before, so that the answer takes no time. */
interface Readers {
  doneFolds: (folder: string, count: number) => number[];
  epochsFolder: (folder: string, fold: number) => string;
  keptProgress: (folder: string) => { epochs: number; steps: number } | undefined;
}

export class BegunRun {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** How many folds it has. */
  readonly folds: number;
  private readonly wanted: readonly number[];
  private readonly readers: Readers;

  private constructor(run: Run, wanted: readonly number[], readers: Readers) {
    this.name = run.name;
    this.folder = run.folder;
    this.folds = run.split.count;
    this.wanted = wanted;
    this.readers = readers;
  }

  static async of(run: Run, wanted: readonly number[]): Promise<BegunRun> {
    const { doneFolds, epochsFolder } = await import('@foldwise/runs');
    const { keptProgress } = await import('@foldwise/train');
    return new BegunRun(run, wanted, { doneFolds, epochsFolder, keptProgress });
  }

  /** The folds that are done, ascending. */
  get done(): number[] {
    return this.readers.doneFolds(this.folder, this.folds);
  }

  /** The folds that are not done. */
  get missing(): number[] {
    const { done } = this;
    return Array.from({ length: this.folds }, (_, fold) => fold).filter((fold) => !done.includes(fold));
  }

  /** Of the wanted folds, those from which steps are kept. */
  get begun(): BegunFold[] {
    const { done } = this;
    return this.wanted.flatMap((fold) => {
      const kept = done.includes(fold)
        ? undefined
        : this.readers.keptProgress(this.readers.epochsFolder(this.folder, fold));
      return kept ? [{ fold, ...kept }] : [];
    });
  }
}
