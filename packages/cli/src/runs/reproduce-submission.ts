/** Makes a submission again from what its manifest names, in a temporary folder, and compares it bit by bit. */
import { hashFile, loadCompetition } from '@foldwise/data';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { SubmissionManifest } from '@foldwise/runs';
import { bold } from '../render/format.ts';
import type { Arguments, Context, Outcome } from '../commands/command.ts';
import { compareSubmissions } from './compare-submissions.ts';
import { engineOptions } from '../options/engine-options.ts';
import { findResult } from './find-result.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { restoreRun } from './restore-run.ts';

/**
 * Exit code 1 where it comes out differently.
 *
 * @throws UsageError for an unknown run; Error for a submission without a manifest, other data, and folds that are gone
 * or changed
 */
export async function reproduceSubmission(
  args: Arguments,
  context: Pick<Context, 'progress' | 'signal' | 'onStop'>,
): Promise<Outcome> {
  const workspace = findWorkspace();
  const engine = engineOptions(args);
  const result = await findResult(workspace, String(args['submission']));
  const { dataHashes, listRuns, readSubmission } = await import('@foldwise/runs');
  const manifest = await readSubmission(result.folder);
  const data = join(workspace, 'data', manifest.runs[0]!.config.competition);
  const competition = await loadCompetition(data);
  refuseOtherData(manifest, await dataHashes(data, competition.manifest), data);
  context.onStop(() => 'The submission is as it was.');

  const temporary = await mkdtemp(join(tmpdir(), 'foldwise-reproduce-'));
  try {
    const submissions = dirname(dirname(result.folder));
    const retrain = Boolean(args['retrain']);
    const processed = manifest.postProcessing;
    const postProcessing = processed && (processed.setting ?? { kind: processed.kind });
    const restored = new Map<string, Awaited<ReturnType<typeof restoreRun>>>();
    for (const run of manifest.runs) {
      const output = join(temporary, manifest.pipeline, run.name);
      const options = { competition, data, submissions, postProcessing, output, retrain, engine, context };
      restored.set(run.name, await restoreRun(run, options));
    }
    let made = join(temporary, manifest.pipeline, manifest.name);
    if (manifest.blend) {
      made = join(temporary, 'blend', manifest.name);
      const { loadPipeline } = await import('../workspace/load-pipeline.ts');
      const pipeline = await loadPipeline(workspace, manifest.pipeline);
      const opened = { workspace, pipeline, competition, data, submissions: temporary };
      const { writeEnsemble } = await import('../ensembles/write-ensemble.ts');
      const runs = await listRuns(temporary, manifest.pipeline);
      const inOrder = manifest.runs.map(({ name }) => runs.find((run) => run.name === name)!);
      const { method, sharedWeights } = manifest.blend;
      await writeEnsemble(opened, inOrder, made, { methods: [method], shared: sharedWeights === true });
    }
    const csv = join(made, 'submission.csv');
    if (args['output'] !== undefined) await copyFile(csv, String(args['output']));
    const sha256 = await hashFile(csv);
    const trained = [...restored].filter(([, { trained }]) => trained.length > 0);
    const difference =
      sha256 === manifest.sha256
        ? undefined
        : await compareSubmissions(join(result.folder, 'submission.csv'), csv);
    const folder = relative(process.cwd(), result.folder);
    return {
      json: {
        name: manifest.name,
        same: difference === undefined,
        sha256: { expected: manifest.sha256, got: sha256 },
        trained: Object.fromEntries(trained.map(([name, { trained: folds }]) => [name, folds])),
        difference: difference ?? null,
      },
      text: [
        ...trained.map(
          ([name, { trained, differing }]) =>
            `Trained fold ${trained.join(', ')} of ${name}: ${differing.length === 0 ? 'the same predictions' : `other predictions in fold ${differing.join(', ')}`}`,
        ),
        difference === undefined
          ? bold(`${join(folder, 'submission.csv')}: the same bits again`) +
            `, SHA-256 ${sha256.slice(0, 16)}…, of ${describe(manifest)}`
          : `${bold(`${join(folder, 'submission.csv')} comes out differently`)}: ${difference.where}; ${difference.cells} cells, by ${difference.farthest} at most`,
      ].join('\n'),
      exitCode: difference === undefined ? 0 : 1,
    };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function describe({ runs, blend, rows }: SubmissionManifest): string {
  const folds = runs.reduce((sum, run) => sum + run.folds.length, 0);
  const from = `${folds} folds of ${runs.length === 1 ? 'one run' : `${runs.length} runs`}`;
  return `${rows} rows from ${from}${blend ? `, blended by ${blend.method}` : ''}`;
}

function refuseOtherData(
  { data: expected, name }: SubmissionManifest,
  data: SubmissionManifest['data'],
  folder: string,
): void {
  const changed = (['train', 'test', 'sample'] as const).filter((file) => expected[file] !== data[file]);
  if (changed.length > 0)
    throw new Error(
      `${name} was made of other data: the ${changed.join(' and ')} file in ${relative(process.cwd(), folder)} has changed since`,
    );
}
