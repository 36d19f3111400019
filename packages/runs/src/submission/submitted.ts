/** What is known of how a submission did on Kaggle: `submitted.json` beside it, the latest last. */
import { join } from 'node:path';
import { readJson, writeJson } from '@foldwise/data';

export interface Submitted {
  /** Of the `submission.csv` that was sent or scored. */
  sha256: string;
  /** ISO 8601, in UTC; undefined where it was sent by other means. */
  submitted?: string;
  message?: string;
  /** The competition's slug on Kaggle. */
  competition?: string;
  public?: number;
  private?: number;
  /** When the scores were recorded. */
  recorded?: string;
}

interface SubmittedFile {
  format: 1;
  submissions: Submitted[];
}

/** @param folder a run's or an ensemble's @returns none where nothing is known */
export async function readSubmitted(folder: string): Promise<Submitted[]> {
  return (await readJson<SubmittedFile>(join(folder, 'submitted.json')))?.submissions ?? [];
}

export async function writeSubmitted(folder: string, submissions: Submitted[]): Promise<void> {
  const file: SubmittedFile = { format: 1, submissions };
  await writeJson(join(folder, 'submitted.json'), file);
}
