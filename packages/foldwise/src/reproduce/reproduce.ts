/** Makes a submission again from what its manifest names, in a temporary folder, and compares it bit by bit. */
import { hashFile, loadCompetition } from '@foldwise/data';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { SubmissionManifest } from '@foldwise/runs';
import { z } from 'zod';
import { writeEnsemble } from '../ensembles/write-ensemble.ts';
import { common, engine, parseOptions, text, type OptionsOf } from '../options/options.ts';
import { findResult } from '../runs/find-result.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { loadPipeline } from '../workspace/load-pipeline.ts';
import { compareSubmissions, type SubmissionDifference } from './compare-submissions.ts';
import { restoreRun, type RestoredRun } from './restore-run.ts';

const shape = {
  ...common,
  ...engine,
  /** A run or an ensemble, by its name, its folder or its submission.csv. */
  submission: text,
  /** Trains folds that are gone. */
  retrain: z.boolean().default(false),
  /** Also keeps what was made, as this file. */
  output: text.optional(),
};

export type ReproduceOptions = OptionsOf<typeof shape>;

export interface Reproduction {
  name: string;
  /** Of the submission; absolute. */
  folder: string;
  /** Whether it came out bit by bit. */
  same: boolean;
  sha256: { expected: string; got: string };
  /** The runs of which folds were trained. */
  trained: (RestoredRun & { run: string })[];
  /** Undefined where there is none. */
  difference: SubmissionDifference | undefined;
  /** What it was made of. */
  madeOf: { rows: number; folds: number; runs: number; blend: string | undefined };
}

/**
 * @throws UsageError for an unknown run; Error for a submission without a manifest, other data, and folds that are gone
 * or changed
 */
export async function reproduce(options: ReproduceOptions): Promise<Reproduction> {
  const { workspace: from, submission, retrain, output, ...rest } = parseOptions('reproduce', shape, options);
  const workspace = findWorkspace(from);
  const result = await findResult(workspace, submission);
  const { dataHashes, listRuns, readSubmission } = await import('@foldwise/runs');
  const manifest = await readSubmission(result.folder);
  const data = join(workspace, 'data', manifest.runs[0]!.config.competition);
  const competition = await loadCompetition(data);
  refuseOtherData(manifest, await dataHashes(data, competition.manifest), data);

  const temporary = await mkdtemp(join(tmpdir(), 'foldwise-reproduce-'));
  try {
    const submissions = dirname(dirname(result.folder));
    const processed = manifest.postProcessing;
    const postProcessing = processed && (processed.setting ?? { kind: processed.kind });
    const trained: Reproduction['trained'] = [];
    for (const run of manifest.runs) {
      const folder = join(temporary, manifest.pipeline, run.name);
      const where = { competition, data, submissions, output: folder };
      const restored = await restoreRun(run, { ...rest, ...where, postProcessing, retrain });
      if (restored.folds.length > 0) trained.push({ run: run.name, ...restored });
    }
    let made = join(temporary, manifest.pipeline, manifest.name);
    if (manifest.blend) {
      made = join(temporary, 'blend', manifest.name);
      const pipeline = await loadPipeline(workspace, manifest.pipeline);
      const opened = { workspace, pipeline, competition, data, submissions: temporary };
      const runs = await listRuns(temporary, manifest.pipeline);
      const inOrder = manifest.runs.map(({ name }) => runs.find((run) => run.name === name)!);
      const { method, sharedWeights } = manifest.blend;
      await writeEnsemble(opened, inOrder, made, { methods: [method], shared: sharedWeights === true });
    }
    const csv = join(made, 'submission.csv');
    if (output !== undefined) await copyFile(csv, output);
    const got = await hashFile(csv);
    const same = got === manifest.sha256;
    return {
      name: manifest.name,
      folder: result.folder,
      same,
      sha256: { expected: manifest.sha256, got },
      trained,
      difference: same ? undefined : await compareSubmissions(join(result.folder, 'submission.csv'), csv),
      madeOf: {
        rows: manifest.rows,
        folds: manifest.runs.reduce((sum, run) => sum + run.folds.length, 0),
        runs: manifest.runs.length,
        blend: manifest.blend?.method,
      },
    };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
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
