/** Writes `submission.csv` in the sample's form, and `submission.json`, which says what made it. */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { type Competition, writeJson } from '@foldwise/data';
import type { Metric } from '@foldwise/metrics';
import writeFileAtomic from 'write-file-atomic';
import { checkSubmission } from './check-submission.ts';
import { codeVersion } from '../run/code-version.ts';
import type { Predictions } from '../files/predictions.ts';
import { renderSubmission } from './render-submission.ts';
import { submissionColumns } from './submission-columns.ts';
import type { SubmissionManifest } from './submission-manifest.ts';

/** A submission that is known to be right, and not written yet. */
export interface PreparedSubmission {
  /** What is odd and allowed. */
  warnings: string[];
  /** Into a folder that exists; the manifest comes last. */
  write: (folder: string, made: MadeOf) => Promise<SubmissionManifest>;
}

/** What the predictions do not tell of how they came about. */
export type MadeOf = Pick<
  SubmissionManifest,
  'pipeline' | 'runs' | 'blend' | 'postProcessing' | 'score' | 'data'
>;

/**
 * Made before anything is written, so that a submission that must not be leaves all files as they were.
 *
 * @param test predictions of the test rows, in any order; `decided` where they are classes already
 * @param source what they come from, for errors
 * @throws Error as `checkSubmission`; for a row of the sample without a prediction
 */
export function prepareSubmission(
  competition: Competition,
  metric: Pick<Metric, 'takes'>,
  test: Predictions & { decided?: boolean },
  source: string,
): PreparedSubmission {
  const columns = submissionColumns(competition, metric, test);
  const warnings = checkSubmission(competition, columns, source);
  const { sample, manifest } = competition;
  const text = renderSubmission(sample, columns);
  return {
    warnings,
    write: async (folder, made) => {
      const written: SubmissionManifest = {
        format: 1,
        name: basename(folder),
        competition: manifest.name,
        ...made,
        code: await codeVersion(),
        rows: sample.ids.length,
        sha256: createHash('sha256').update(text).digest('hex'),
        warnings,
        created: new Date().toISOString(),
      };
      await writeFileAtomic(join(folder, 'submission.csv'), text);
      await writeJson(join(folder, 'submission.json'), written);
      return written;
    },
  };
}
