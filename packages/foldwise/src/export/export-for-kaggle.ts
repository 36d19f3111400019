/** Exports all that a submission needs for a Kaggle notebook: the models of a run, or of an ensemble's members. */
import { type Competition, loadCompetition, type Pipeline, readJson } from '@foldwise/data';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { KaggleDescription } from '@foldwise/export';
import { findMetric } from '@foldwise/metrics';
import type { ListedRun, SubmissionManifest } from '@foldwise/runs';
import type { Listeners } from '../options/events.ts';
import { findResult } from '../runs/find-result.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { linearWeights } from './linear-weights.ts';
import { readEnsembleRecord } from '../ensembles/ensemble-record.ts';
import { usageErrorOf } from '../usage-error.ts';

interface Options extends Listeners {
  workspace: string | undefined;
  run: string;
  output: string | undefined;
  force: boolean;
  user: string | undefined;
  competition: string | undefined;
}

export interface KaggleExport {
  /** Of the run, or of the ensemble. */
  name: string;
  to: 'kaggle';
  /** Absolute. */
  folder: string;
  /** How many. */
  models: number;
  bytes: number;
  /** The folder of the competition's files; absolute. */
  data: string;
  /** Runs that predicted with rounded products; Python predicts in fp32, and its numbers differ a little. */
  rounded: { run: string; precision: string }[];
}

/** @throws UsageError for an unknown run and an output that is in the way; Error for what Python cannot do as we do */
export async function exportForKaggle(options: Options): Promise<KaggleExport> {
  const workspace = findWorkspace(options.workspace);
  const result = await findResult(workspace, options.run);
  const output = resolve(options.output ?? join(result.folder, 'kaggle'));
  const { checkOutput, exportToKaggle, kaggleMarks } = await import('@foldwise/export');
  await checkOutput(output, { force: options.force, marks: kaggleMarks }).catch((error: unknown) => {
    throw usageErrorOf(error);
  });
  const { listRuns, readRun } = await import('@foldwise/runs');
  const ensemble = result.kind === 'ensemble' ? await readEnsembleRecord(result.folder) : undefined;
  const names = ensemble ? ensemble.members.map(({ name }) => name) : [result.name];
  const all = await listRuns(dirname(dirname(result.folder)), result.pipeline);
  const runs = names.map((name) => {
    const run = all.find((one) => one.name === name);
    if (!run) throw new Error(`the run ${name}, which ${result.name} was made of, is gone`);
    return run;
  });
  const models = new Map(runs.flatMap((run) => modelsOf(run)));
  const { config } = runs[0]!.record;
  const data = join(workspace, 'data', config.competition);
  const competition = await loadCompetition(data);
  const { metrics } = ensemble ?? (await readRun(result.folder));
  const score = { metric: config.metric ?? competition.manifest.metric, value: metrics.score };
  const about: KaggleDescription = {
    ...describeCompetition(competition, config),
    postProcessing: await postProcessingOf(result.folder),
    name: result.name,
    runs: runs.map((run) => ({ name: run.name, folds: modelsOf(run).map(([name]) => name) })),
    blend: ensemble ? await linearWeights(ensemble, result.folder, runs, competition.manifest.task) : null,
    score,
  };
  const slug = options.competition ?? competition.manifest.kaggle;
  const { force, user } = options;
  const { startEngine } = await import('@foldwise/tensorflow');
  await startEngine({
    engine: 'tensorflow',
    onProgress: ({ phase, what, done, total }) =>
      options.onProgress?.({ kind: 'work', what: `${phase} ${what}`, done, total: total ?? 0 }),
  });
  options.signal?.throwIfAborted();
  const { bytes } = await exportToKaggle({ output, force, about, models, user, competition: slug });
  const rounded = await roundedRuns(runs);
  return { name: result.name, to: 'kaggle', folder: output, models: models.size, bytes, data, rounded };
}

/** The names that the export gives to the models of a run's folds, and their folders. */
function modelsOf({ name, folder, folds }: ListedRun): [string, string][] {
  return Array.from({ length: folds }, (_, fold) => {
    const model = join(folder, `fold-${fold}`, 'model');
    if (!existsSync(join(model, 'model.safetensors')))
      throw new Error(
        `${model} holds no model: train fold ${fold} of ${name} with \`npx foldwise cv\`, with --again if it is done`,
      );
    return [`${name}-fold-${fold}`, model];
  });
}

function describeCompetition(
  { manifest, sample, classes }: Competition,
  { metric }: Pipeline,
): Omit<KaggleDescription, 'name' | 'runs' | 'blend' | 'score' | 'postProcessing'> {
  const { title, task, files, columns } = manifest;
  const { takes } = findMetric(metric ?? manifest.metric, task);
  return {
    format: 1,
    title,
    task,
    files: { test: files.test, sample: files.sample },
    text: [columns.text].flat(),
    separator: columns.separator ?? ' [SEP] ',
    testId: columns.idOf ? (columns.idOf.test ?? null) : columns.id,
    sampleId: columns.id,
    target: columns.target,
    holds: sample.holds ?? sample.header,
    classes: classes ?? null,
    names: sample.names ?? null,
    lists: sample.lists ?? null,
    twoClasses: task === 'binary' ? (manifest.classes ?? null) : null,
    decides: takes === 'classes',
  };
}

/** As the submission was made; one of an older version had none. */
async function postProcessingOf(folder: string): Promise<KaggleDescription['postProcessing']> {
  const manifest = await readJson<Partial<SubmissionManifest>>(join(folder, 'submission.json'));
  if (!manifest?.postProcessing) return [];
  const { kind, parameters } = manifest.postProcessing;
  return [{ kind, parameters }];
}

async function roundedRuns(runs: readonly ListedRun[]): Promise<KaggleExport['rounded']> {
  const { readFoldMetrics } = await import('@foldwise/runs');
  const rounded: KaggleExport['rounded'] = [];
  for (const { name, folder } of runs) {
    const precision = (await readFoldMetrics(folder, 0))?.precision;
    if (precision !== undefined && precision !== 'fp32') rounded.push({ run: name, precision });
  }
  return rounded;
}
