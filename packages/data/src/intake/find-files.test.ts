import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeZip } from '../testing/make-zip.ts';
import { findFiles } from './find-files.ts';

async function folderOf(names: readonly string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'files-'));
  for (const name of names) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), 'a,b\n');
  }
  return root;
}

describe('findFiles', () => {
  it.each([
    [
      ['train.csv', 'test.csv', 'sample_submission.csv'],
      ['train.csv', 'test.csv', 'sample_submission.csv'],
    ],
    [
      ['labeledTrainData.tsv', 'testData.tsv', 'unlabeledTrainData.tsv', 'sampleSubmission.csv'],
      ['labeledTrainData.tsv', 'testData.tsv', 'sampleSubmission.csv'],
    ],
    [
      ['train.csv', 'test.csv', 'test_labels.csv', 'sample_submission.csv'],
      ['train.csv', 'test.csv', 'sample_submission.csv'],
    ],
    [
      ['train.json', 'test.json', 'sample_submission.csv', 'notes.md'],
      ['train.json', 'test.json', 'sample_submission.csv'],
    ],
    [
      ['in/train.csv', 'in/train_extra.csv', 'in/test.csv', 'sub/sample_submission.csv'],
      ['in/train.csv', 'in/test.csv', 'sub/sample_submission.csv'],
    ],
    [
      ['a/train.csv', 'b/train.csv', 'test.csv'],
      [undefined, 'test.csv', undefined],
    ],
  ])('finds in a folder of %j', async (names, expected) => {
    const root = await folderOf(names);
    const { train, test, sample } = (await findFiles(root)).found;
    expect([train, test, sample].map((path) => path?.slice(root.length + 1))).toEqual(expected);
  });

  it('finds in an archive', async () => {
    const root = await folderOf([]);
    const path = join(root, 'competition.zip');
    const inner = makeZip([{ name: 'train.tsv', content: 'a\tb\n' }]);
    await writeFile(
      path,
      makeZip([
        { name: 'train.tsv.zip', content: inner },
        { name: 'test.tsv', content: 'a\n' },
        { name: 'sampleSubmission.csv', content: 'a\n' },
      ]),
    );
    expect((await findFiles(path)).found).toEqual({
      train: `${path}/train.tsv.zip/train.tsv`,
      test: `${path}/test.tsv`,
      sample: `${path}/sampleSubmission.csv`,
    });
  });

  it('refuses what holds no table, and what is not there', async () => {
    const root = await folderOf(['notes.md']);
    await expect(findFiles(root)).rejects.toThrow(`${root}: holds no tables`);
    await expect(findFiles(join(root, 'x'))).rejects.toThrow(
      `${join(root, 'x')}: there is no such file or folder`,
    );
  });
});
