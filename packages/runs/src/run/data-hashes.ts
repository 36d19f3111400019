/** SHA-256 of a competition's files, which tell whether two results are of the same data. */
import { join } from 'node:path';
import { hashFile, type Manifest } from '@foldwise/data';
import type { RunRecord } from './run-record.ts';

/** @param folder the competition's */
export async function dataHashes(
  folder: string,
  { files }: Pick<Manifest, 'files'>,
): Promise<RunRecord['data']> {
  const [train, test, sample] = await Promise.all(
    [files.train, files.test, files.sample].map((file) => hashFile(join(folder, file))),
  );
  return { train: train!, test: test!, sample: sample! };
}
