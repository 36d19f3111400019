/** What a submission's manifest says of a run that it was made of. */
import { join } from 'node:path';
import { doneFolds } from '../fold/fold-metrics.ts';
import { hashFile, readJson } from '@foldwise/data';
import { recordedFolds, type RunRecord } from '../run/run-record.ts';
import type { SubmissionRun } from './submission-manifest.ts';

/** @param folder of a complete run */
export async function submissionRun(folder: string): Promise<SubmissionRun> {
  const record = await readJson<RunRecord>(join(folder, 'run.json'));
  if (!record) throw new Error(`${folder} holds no run: there is no run.json`);
  const { name, config, configHash, foldsHash, code, engine } = record;
  const hashes = async (where: string): Promise<{ oof: string; test: string }> => ({
    oof: await hashFile(join(where, 'oof.csv')),
    test: await hashFile(join(where, 'test.csv')),
  });
  const count = recordedFolds(record);
  const done = doneFolds(folder, count);
  const folds = await Promise.all(
    Array.from({ length: count }, async (_, fold) =>
      done.includes(fold) ? await hashes(join(folder, `fold-${fold}`)) : null,
    ),
  );
  return { name, config, configHash, foldsHash, code, engine, folds };
}
