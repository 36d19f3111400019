/** How many folds a run has, by its record. */
import type { RunRecord } from './run-record.ts';

/** Records of runs with k folds may say nothing else of them. */
export const recordedFolds = ({ folds, config }: RunRecord): number => folds ?? config.folds.k!;
