/** Exports the model of one fold of a run. */
import { readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import type { ListedRun } from '@foldwise/runs';
import { bold } from '../render/format.ts';
import type { Context, Outcome } from '../commands/command.ts';
import { findRun } from './find-result.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { parseFold } from '../options/parse-fold.ts';
import { UsageError } from '../usage-error.ts';

export interface ExportRunOptions {
  run: string;
  fold: string | undefined;
  output: string | undefined;
  weights: 'float16' | 'float32';
  force: boolean;
}

/** @throws UsageError for an unknown run, a fold that is not trained, and an output that is in the way */
export async function exportRun(
  options: ExportRunOptions,
  { progress, signal }: Pick<Context, 'progress' | 'signal'>,
): Promise<Outcome> {
  const workspace = findWorkspace();
  const run = await findRun(workspace, options.run);
  const fold = chooseFold(run, options.fold);
  const output = resolve(options.output ?? join(run.folder, `fold-${fold}-tfjs`));
  const { checkOutput, exportToTfjs, tfjsMarks } = await import('@foldwise/export');
  await checkOutput(output, { force: options.force, marks: tfjsMarks }).catch((error: unknown) => {
    throw new UsageError((error as Error).message, { cause: error });
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
    onProgress: ({ phase, what, done, total }) => progress.update(`${phase} ${what}`, done, total ?? 0),
  });
  progress.stop();
  signal.throwIfAborted();
  const { weights, force } = options;
  const model = join(run.folder, `fold-${fold}`, 'model');
  const { bytes, weightBytes } = await exportToTfjs({ model, output, force, weights, about });
  const folder = relative(process.cwd(), output) || '.';
  return {
    json: { run: run.name, fold, to: 'tfjs', folder, weights, bytes, weightBytes },
    text: [
      bold(
        `${run.name}, fold ${fold}, for browsers: ${megabytes(bytes)}, ${megabytes(weightBytes)} of weights`,
      ),
      `Files: ${folder}`,
      `Next: npx serve ${folder}, or python3 -m http.server 8000 --directory ${folder}`,
    ].join('\n'),
  };
}

function chooseFold({ name, done, folds }: ListedRun, asked: string | undefined): number {
  const fold = asked === undefined ? done[0] : parseFold(asked, folds);
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

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
