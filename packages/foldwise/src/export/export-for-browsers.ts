/** Exports the model of one fold of a run for a web browser. */
import { readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { checkFold } from '@foldwise/folds';
import type { ListedRun } from '@foldwise/runs';
import type { Listeners } from '../options/events.ts';
import { findRun } from '../runs/find-result.ts';
import { asUse, UsageError, usageErrorOf } from '../usage-error.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';

export interface ExportForBrowsersOptions extends Listeners {
  workspace: string | undefined;
  run: string;
  /** Default: the first that is trained. */
  fold: number | undefined;
  output: string | undefined;
  weights: 'float16' | 'float32';
  force: boolean;
}

export interface BrowserExport {
  run: string;
  fold: number;
  to: 'tfjs';
  /** Absolute. */
  folder: string;
  weights: 'float16' | 'float32';
  /** Of all files, and of the weights alone. */
  bytes: number;
  weightBytes: number;
}

/** @throws UsageError for an unknown run, a fold that is not trained, and an output that is in the way */
export async function exportForBrowsers({
  workspace: from,
  run: name,
  fold: asked,
  output,
  weights,
  force,
  signal,
  onProgress,
}: ExportForBrowsersOptions): Promise<BrowserExport> {
  const workspace = findWorkspace(from);
  const run = await findRun(workspace, name);
  const fold = chooseFold(run, asked);
  const folder = resolve(output ?? join(run.folder, `fold-${fold}-tfjs`));
  const { checkOutput, exportToTfjs, tfjsMarks } = await import('@foldwise/export');
  await checkOutput(folder, { force, marks: tfjsMarks }).catch((error: unknown) => {
    throw usageErrorOf(error);
  });
  const { config } = run.record;
  const { readFoldMetrics } = await import('@foldwise/runs');
  const { metric, score } = (await readFoldMetrics(run.folder, fold))!;
  const about = {
    title: await titleOf(join(workspace, 'data', config.competition)).catch(() => config.name),
    // The page may become public, and the folders of this machine need not.
    encoder: isAbsolute(config.encoder) ? basename(config.encoder) : config.encoder,
    run: run.name,
    fold,
    score: { metric, value: score },
  };
  const { startEngine } = await import('@foldwise/tensorflow');
  await startEngine({
    onProgress: ({ phase, what, done, total }) =>
      onProgress?.({ kind: 'work', what: `${phase} ${what}`, done, total: total ?? 0 }),
  });
  signal?.throwIfAborted();
  const model = join(run.folder, `fold-${fold}`, 'model');
  const { bytes, weightBytes } = await exportToTfjs({ model, output: folder, force, weights, about });
  return { run: run.name, fold, to: 'tfjs', folder, weights, bytes, weightBytes };
}

function chooseFold({ name, done, folds }: ListedRun, asked: number | undefined): number {
  if (asked !== undefined) asUse(() => checkFold(asked, folds));
  const fold = asked ?? done[0];
  if (fold === undefined)
    throw new UsageError(`the run "${name}" has no trained fold yet; train one with \`npx foldwise fold\``);
  if (!done.includes(fold))
    throw new UsageError(
      `fold ${fold} of the run "${name}" is not trained; ${done.length > 0 ? `trained: ${done.join(', ')}` : 'none is'}`,
    );
  return fold;
}

/** Of the competition that the folder holds; it may be gone, as a trained run does not need it. */
async function titleOf(folder: string): Promise<string> {
  const { title } = JSON.parse(await readFile(join(folder, 'competition.json'), 'utf8')) as { title: string };
  return title;
}
