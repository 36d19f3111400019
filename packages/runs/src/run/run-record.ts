/** What `run.json` holds: how a run came about, and what must be the same for its predictions to be comparable. */
import type { Pipeline } from '@foldwise/data';
import type { CodeVersion } from './code-version.ts';

export interface RunRecord {
  format: 1;
  kind: 'training';
  name: string;
  /** The configuration as it was run, with every default filled in; a metric of the user's own by its name. */
  config: Omit<Pipeline, 'metric'> & { metric?: string };
  /** SHA-256 of the text of the user's own metric, where the pipeline has one. */
  metricSource?: string;
  configHash: string;
  foldsHash: string;
  /** How many folds there are; records of runs with k folds may lack it. */
  folds?: number;
  /** SHA-256 of the competition's files. */
  data: Record<'train' | 'test' | 'sample', string>;
  code: CodeVersion;
  engine: EngineRecord;
  /** ISO 8601, in UTC. */
  created: string;
}

/** What computed: results of unlike engines and devices differ by rounding. */
export interface EngineRecord {
  name: string;
  version: string;
  device: string;
  threads: number;
}

/** How many folds a run has. Records of runs with k folds may say nothing else of them. */
export const recordedFolds = ({ folds, config }: RunRecord): number => folds ?? config.folds.k!;
