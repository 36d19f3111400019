/** What people see of the library's progress, as a bar or a line takes it. */
import { formatDuration } from 'foldwise/format';
import type { Progress } from 'foldwise';

export interface DescribedProgress {
  /** Such as `fold 1 of 5, epoch 2 of 3`. */
  what: string;
  done: number;
  total: number;
  /** Such as `["loss 0.512", "830 rows/s"]`. */
  details: string[];
}

export function describeProgress(progress: Progress): DescribedProgress {
  switch (progress.kind) {
    case 'work':
      return { what: progress.what, done: progress.done, total: progress.total, details: [] };
    case 'encoding': {
      const { done, total } = progress;
      return {
        what: `encoding, row ${Math.floor(done)} of ${total}`,
        done,
        total,
        details: speedOf(progress),
      };
    }
    case 'training':
    case 'retraining': {
      const { kind, run, fold, folds, stage, epoch, epochs, step, steps, loss } = progress;
      const title = kind === 'training' ? `fold ${fold} of ${folds}` : `${run}, fold ${fold}`;
      const what = stage === 'training' ? `${title}, epoch ${epoch} of ${epochs}` : `${title}, ${stage}`;
      const details = loss === undefined ? [] : [`loss ${loss.toFixed(4)}`];
      return { what, done: step, total: steps, details: [...details, ...speedOf(progress)] };
    }
  }
}

function speedOf({ rowsPerSecond, secondsLeft }: { rowsPerSecond?: number; secondsLeft?: number }): string[] {
  return [
    ...(rowsPerSecond === undefined ? [] : [`${Math.round(rowsPerSecond)} rows/s`]),
    ...(secondsLeft === undefined ? [] : [`${formatDuration(secondsLeft)} left`]),
  ];
}
