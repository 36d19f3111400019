/** Writes the split of a pipeline's rows, and says what is in it. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTable } from '@foldwise/data';
import {
  checkSplit,
  describeFolds,
  hashFolds,
  makeSplit,
  plotFolds,
  type SplitChecks,
} from '@foldwise/folds';
import { table, type ColumnTable } from 'arquero';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { ofPipeline, parseOptions, settings, type OptionsOf } from '../options/options.ts';
import { toOverrides } from '../options/settings.ts';
import { openWorkspace } from '../workspace/open-workspace.ts';

const shape = {
  ...ofPipeline,
  ...settings,
  /** Leaves out what takes long: near-duplicates, and train against test. */
  quick: z.boolean().default(false),
};

export type MakeFoldsOptions = OptionsOf<typeof shape>;

export interface Folds extends ReturnType<typeof describeFolds>, Partial<SplitChecks> {
  pipeline: string;
  kind: string;
  /** How many. */
  folds: number;
  seed: number;
  /** SHA-256 of which row is in which fold. */
  hash: string;
  /** The split as CSV, and a plot of its labels as SVG. */
  file: string;
  plot: string;
  /** What a part's `labels` are: means of numbers, or shares of classes. */
  labelsAre: 'mean' | 'share';
  /** Train rows. */
  rows: number;
  /** The fold of each train row, and its id first. */
  table: () => ColumnTable;
}

/** @throws UsageError for unknown names and wrong settings; Error for data that cannot be split so */
export async function makeFolds(options: MakeFoldsOptions = {}): Promise<Folds> {
  const {
    quick,
    settings: changes,
    signal,
    onProgress,
    ...where
  } = parseOptions('makeFolds', shape, options);
  const opened = await openWorkspace({ ...where, overrides: toOverrides(changes) });
  const { pipeline, competition, submissions } = opened;
  const { manifest, train, classes } = competition;
  const { kind, seed } = pipeline.folds;
  const split = await makeSplit(pipeline.folds, competition);
  const { codes, count } = split;
  const { target } = manifest.columns;
  const labels = { targets: train.targets, columns: target, task: manifest.task, classes };
  const description = describeFolds(split, labels);
  const checks = quick
    ? undefined
    : await checkSplit(split, pipeline.folds, competition, {
        signal,
        onProgress: (what, share) => onProgress?.({ kind: 'work', what, done: share, total: 1 }),
      });

  const folder = join(submissions, pipeline.name);
  const [file, plot] = [join(folder, 'folds.csv'), join(folder, 'folds.svg')];
  await mkdir(folder, { recursive: true });
  const header = [manifest.columns.id, ...codes.map((code) => code.name)];
  const columns = [train.ids, ...codes.map(({ values }) => values)];
  await writeTable(file, header, columns);
  const isNumeric = manifest.task === 'regression';
  const title = `${pipeline.name}: ${classes ? target[0] : 'labels'} by fold`;
  await writeFileAtomic(plot, plotFolds(description, title, isNumeric));
  return {
    pipeline: pipeline.name,
    kind,
    folds: count,
    seed,
    hash: hashFolds(train.ids, split),
    file,
    plot,
    ...description,
    ...checks,
    labelsAre: isNumeric ? 'mean' : 'share',
    rows: train.ids.length,
    table: () => table(header.map((name, c) => [name, columns[c]!])),
  };
}
