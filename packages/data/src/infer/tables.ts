/** The three files of a competition, and what was told of them beforehand. */
import type { FileTable } from '../tables/read-table.ts';
import type { Task } from '../competition/manifest.ts';
import type { ColumnProfile } from './column-profile.ts';

export interface Tables {
  train: FileTable;
  test: FileTable;
  sample: FileTable;
}

/** What a person says; all else is worked out. */
export interface Given {
  id?: string | undefined;
  text?: string[] | undefined;
  target?: string[] | undefined;
  group?: string | undefined;
  task?: Task | undefined;
  metric?: string | undefined;
}

/** A metric that fits, why, and by what else such competitions are scored, likeliest first. */
export type MetricGuess = [metric: string, why: string, others: readonly string[]];

/** One thing that was worked out, for a line to a person. */
export interface Finding {
  /** Such as `text`. */
  what: string;
  /** Such as `question, answer`. */
  value: string;
  why: string;
  /** Other answers, where the files do not quite tell. */
  others?: readonly string[];
}

/** Columns by name. */
export type Profiles = ReadonlyMap<string, ColumnProfile>;

export const cellsOf = ({ cells }: FileTable, column: string): string[] => cells(column);
