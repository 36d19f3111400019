/** Keeps the scores that Kaggle gave to a submission, beside it. */
import { hashFile } from '@foldwise/data';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bold } from '../render/format.ts';
import type { Outcome } from '../commands/command.ts';
import { findResult } from '../runs/find-result.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';

/**
 * The last submission of the file as it is now gets the scores; one that was sent by other means is added.
 *
 * @throws UsageError for an unknown run; Error for one without a submission
 */
export async function recordScores(
  asked: string,
  scores: { public: number | undefined; private: number | undefined },
): Promise<Outcome> {
  const { folder, name, pipeline } = await findResult(findWorkspace(), asked);
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
  const told = (['public', 'private'] as const).flatMap((kind) =>
    entry[kind] === undefined ? [] : [`${kind} ${entry[kind]}`],
  );
  return {
    json: { pipeline, name, ...entry },
    text: [
      bold(`${pipeline}, ${name}: ${told.join(', ')}`),
      `Next: npx foldwise leaderboard ${pipeline} shows how well it agrees with cross-validation`,
    ].join('\n'),
  };
}
