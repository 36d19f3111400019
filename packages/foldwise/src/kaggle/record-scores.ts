/** Keeps the scores that Kaggle gave to a submission, beside it. */
import { hashFile } from '@foldwise/data';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { common, parseOptions, text, type OptionsOf } from '../options/options.ts';
import { findResult } from '../runs/find-result.ts';
import { UsageError } from '../usage-error.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import type { Submitted } from '@foldwise/runs';

const shape = {
  workspace: common.workspace,
  /** A run or an ensemble, by its name or its folder. */
  run: text,
  public: z.number().optional(),
  private: z.number().optional(),
};

export type RecordScoresOptions = OptionsOf<typeof shape>;

export type RecordedScores = Submitted & { pipeline: string; name: string };

/**
 * The last submission of the file as it is now gets the scores; one that was sent by other means is added.
 *
 * @throws UsageError for an unknown run, and without any score; Error for a run without a submission
 */
export async function recordScores(options: RecordScoresOptions): Promise<RecordedScores> {
  const { workspace, run, ...scores } = parseOptions('recordScores', shape, options);
  if (scores.public === undefined && scores.private === undefined)
    throw new UsageError('recordScores needs public, private or both');
  const { folder, name, pipeline } = await findResult(findWorkspace(workspace), run);
  const csv = join(folder, 'submission.csv');
  if (!existsSync(csv)) throw new Error(`${csv} does not exist: there is nothing that could have a score`);
  const { readSubmitted, writeSubmitted } = await import('@foldwise/runs');
  const sha256 = await hashFile(csv);
  const submissions = await readSubmitted(folder);
  const last = submissions.findLast((one) => one.sha256 === sha256) ?? { sha256 };
  const entry = {
    ...last,
    ...(scores.public !== undefined && { public: scores.public }),
    ...(scores.private !== undefined && { private: scores.private }),
    recorded: new Date().toISOString(),
  };
  await writeSubmitted(folder, [...submissions.filter((one) => one !== last), entry]);
  return { pipeline, name, ...entry };
}
