/** Reads what made a submission, and checks that the file beside it is that submission. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hashFile, readJson } from '@foldwise/data';
import type { SubmissionManifest } from './submission-manifest.ts';

/**
 * @param folder a run's or an ensemble's
 * @throws Error for a folder without a submission or without its manifest, and for a file that was changed since
 */
export async function readSubmission(folder: string): Promise<SubmissionManifest> {
  const csv = join(folder, 'submission.csv');
  const path = join(folder, 'submission.json');
  const manifest = await readJson<SubmissionManifest>(path);
  if (!manifest && !existsSync(csv))
    throw new Error(
      `${folder} holds no submission yet: finish it with \`npx foldwise cv\` or \`npx foldwise ensemble\``,
    );
  if (!manifest)
    throw new Error(
      `${path} is missing: an older version wrote the submission without saying what made it. ` +
        `${basename(folder) === 'ensemble' ? '`npx foldwise ensemble`' : "`npx foldwise cv` with the run's options"} writes it anew, without training`,
    );
  const { format } = manifest as { format: number };
  if (format !== 1)
    throw new Error(`${path}: expected format 1, got ${JSON.stringify(format)}; update Foldwise`);
  if (!existsSync(csv)) throw new Error(`${csv} is missing, though ${path} tells of it`);
  const sha256 = await hashFile(csv);
  if (sha256 !== manifest.sha256)
    throw new Error(
      `${csv} was changed since it was written: expected SHA-256 ${manifest.sha256}, as ${path} says, got ${sha256}`,
    );
  return manifest;
}
