/** Trains one fold of a run and keeps its record: predictions, scores and the model. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { readJson, setAside, writeJson, writeTable } from '@foldwise/data';
import { checkFold } from '@foldwise/folds';
import { isOwnMetric } from '@foldwise/metrics';
import type { FitFoldOptions, FitProgress, FittedFold } from '@foldwise/train';
import { codeVersion } from '../run/code-version.ts';
import { epochsFolder } from './epochs-folder.ts';
import { type FoldMetrics, readFoldMetrics } from './fold-metrics.ts';
import { foldRows } from './fold-rows.ts';
import { lockFold } from './lock-fold.ts';
import { outputColumns } from '../finish/output-columns.ts';
import { readPredictions } from '../files/predictions.ts';
import { replaceFolder } from '../files/replace-folder.ts';
import type { EngineRecord, RunRecord } from '../run/run-record.ts';
import type { Run } from '../run/run.ts';
import { scoreAll } from '../finish/score-all.ts';

export interface TrainRunFoldOptions {
  /** Trains: `fitFold`. */
  fitFold: (options: FitFoldOptions) => Promise<FittedFold>;
  /** Folder of the encoder's checkpoint. */
  model: string;
  /** A folder that keeps token ids between trainings. */
  tokenCache?: string;
  engine: EngineRecord;
  /** Train a fold anew; its old record stays until the new one is there, and kept epochs are renamed. */
  again?: boolean;
  /** Hears what a person should know, such as where a training goes on. */
  onNote?: (text: string) => void;
  onProgress?: (progress: FitProgress) => void;
  /** Aborting stops after the current step, keeps the epochs that are done, and rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Does nothing for a fold that is already done, and goes on with one that was stopped, after its last whole epoch.
 *
 * @throws Error for a fold that does not exist, one that another process is training, and predictions that are not
 * finite or do not score what the epoch that made them did
 */
export async function trainRunFold(
  run: Run,
  fold: number,
  { again = false, signal, ...options }: TrainRunFoldOptions,
): Promise<FoldMetrics> {
  checkFold(fold, run.split.count);
  await mkdir(run.folder, { recursive: true });
  const lost = new AbortController();
  const release = await lockFold(run.folder, fold, (reason) => lost.abort(reason));
  try {
    const done = again ? undefined : await readFoldMetrics(run.folder, fold);
    if (done) return done;
    await removeLeftovers(run.folder, fold);
    const keep = {
      folder: epochsFolder(run.folder, fold),
      identity: identityOf(run, fold, options.engine),
      lost: lost.signal,
    };
    if (again && existsSync(keep.folder))
      options.onNote?.(
        `starts anew. What was kept of it is in ${await setAside(keep.folder)} now, for it is to be trained again`,
      );
    await writeRecord(run, options.engine);
    const temporary = await mkdtemp(join(run.folder, `.fold-${fold}-`));
    try {
      const stop = signal ? AbortSignal.any([signal, lost.signal]) : lost.signal;
      const metrics = await fill(temporary, run, fold, { ...options, keep, signal: stop });
      stop.throwIfAborted();
      await rm(join(run.folder, 'metrics.json'), { force: true }); // The run's own results would be outdated.
      await replaceFolder(temporary, join(run.folder, `fold-${fold}`));
      await rm(keep.folder, { recursive: true, force: true });
      return metrics;
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  } finally {
    await release().catch(() => undefined); // Fails only if it has been taken over.
  }
}

/** What the remaining steps of a stopped fold depend on, beside its checkpoint and the code. The keys are read by people. */
function identityOf(
  { configHash }: Run,
  fold: number,
  engine: EngineRecord,
): Record<string, string | number> {
  return {
    configuration: configHash, // Of the settings, the competition's files and the folds.
    fold,
    engine: `${engine.name} ${engine.version}`,
    device: engine.device,
    'number of threads': engine.threads,
    processor: cpus()[0]?.model ?? '',
  };
}

/** Only the holder of the lock makes such folders, so all that are there belong to processes that died. */
async function removeLeftovers(folder: string, fold: number): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(`.fold-${fold}-`)) await rm(join(folder, name), { recursive: true, force: true });
}

async function writeRecord(run: Run, engine: EngineRecord): Promise<void> {
  const path = join(run.folder, 'run.json');
  if (await readJson(path)) return;
  const { name, config, configHash, foldsHash, data, split } = run;
  const own = isOwnMetric(config.metric) ? config.metric : undefined;
  const created = new Date().toISOString();
  const code = await codeVersion();
  const record: RunRecord = {
    format: 1,
    kind: 'training',
    name,
    config: {
      ...config,
      metric: own ? own.name : (config.metric as string | undefined),
      postProcessing: undefined, // It may change after training: metrics.json tells it.
    },
    metricSource: own && createHash('sha256').update(own.source).digest('hex'),
    configHash,
    foldsHash,
    folds: split.count,
    data,
    code,
    engine,
    created,
  };
  await writeJson(path, record);
}

/** Fits the fold, and writes all that belongs to it into `folder`. */
async function fill(
  folder: string,
  run: Run,
  fold: number,
  {
    fitFold,
    model,
    tokenCache,
    engine,
    keep,
    onNote,
    onProgress,
    signal,
  }: TrainRunFoldOptions & Pick<FitFoldOptions, 'keep'>,
): Promise<FoldMetrics> {
  const start = performance.now();
  const code = await codeVersion(); // Before the fit: people commit while it runs.
  const { competition, config, metric, configHash } = run;
  const { train, test, manifest } = competition;
  const rows = foldRows(run.split, fold);
  const fitted = await fitFold({
    pipeline: config,
    competition,
    rows,
    model,
    tokenCache,
    keep,
    onNote,
    onProgress,
    signal,
  });
  try {
    const header = [manifest.columns.id, ...outputColumns(competition)];
    const validIds = Array.from(rows.valid, (row) => train.ids[row]!);
    await writeTable(join(folder, 'oof.csv'), header, [validIds, ...fitted.oof]);
    await writeTable(join(folder, 'test.csv'), header, [test.ids, ...fitted.test]);
    await mkdir(join(folder, 'model'));
    await fitted.saveModel(join(folder, 'model'));
  } finally {
    fitted.dispose();
  }

  const written = await readPredictions(join(folder, 'oof.csv'));
  const truth = train.targets.map((target) => Float64Array.from(rows.valid, (row) => target[row]!));
  const scores = scoreAll(metric, manifest.task, truth, written.values);
  const score = scores[metric.name]!;
  if (!rows.choose) checkScore(score, fitted, fold);
  const metrics: FoldMetrics = {
    format: 1,
    fold,
    metric: metric.name,
    score,
    scores,
    rows: {
      train: rows.train.length,
      valid: rows.valid.length,
      ...(rows.choose && { choose: rows.choose.length }),
      test: test.ids.length,
    },
    epochs: fitted.epochs.map((epoch) => ({
      ...epoch,
      score: Number.isNaN(epoch.score) ? null : epoch.score, // JSON has no NaN; undefined is left out.
    })),
    bestEpoch: fitted.bestEpoch,
    precision: fitted.precision,
    parameters: fitted.parameters,
    seconds: {
      ...fitted.seconds,
      total: fitted.secondsBefore + (performance.now() - start) / 1000,
    },
    tokensPerSecond: fitted.tokensPerSecond,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    engine,
    code,
    configHash,
    finished: new Date().toISOString(),
  };
  await writeJson(join(folder, 'metrics.json'), metrics);
  return metrics;
}

/** Rows in another order than their predictions would show here; rounding in another batch would not. */
function checkScore(score: number | null, { epochs, bestEpoch }: FittedFold, fold: number): void {
  const expected = epochs.find(({ epoch }) => epoch === bestEpoch)?.score;
  if (expected === undefined || !Number.isFinite(expected) || score === null) return;
  if (Math.abs(score - expected) > 1e-3 * Math.max(1, Math.abs(expected)))
    throw new Error(
      `fold ${fold}: the predictions score ${score}, but epoch ${bestEpoch}, which made them, scored ${expected}; nothing was kept`,
    );
}
