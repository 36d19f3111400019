import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fitFiles } from './fit-files.ts';
import { takeFile } from './take-file.ts';

let root: string;
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'fit-'))));
afterEach(() => rm(root, { recursive: true }));

/** The files as they are after, and what people are told. */
async function fit(
  train: string,
  sample: string,
  target: string | string[] = 'y',
  renamed?: { from: string; to: string },
) {
  const given = { 'x.tsv': train, 'test.csv': 'id,text\n8,c\n9,d\n', 'sample.csv': sample };
  for (const [name, text] of Object.entries(given)) await writeFile(join(root, name), text);
  const folder = await mkdtemp(join(root, 'to-'));
  const take = (file: string, name: string) => takeFile(join(root, file), folder, { name });
  const taken = {
    train: await take('x.tsv', 'train'),
    test: await take('test.csv', 'test'),
    sample: await take('sample.csv', 'sample_submission'),
  };
  const fitted = await fitFiles(folder, taken, {
    manifest: { columns: { id: 'id', text: 'text', target } },
    ...(renamed && { renamed }),
  });
  const files: Record<string, string> = {};
  for (const file of await readdir(folder)) files[file] = await readFile(join(folder, file), 'utf8');
  const notes = Object.values(fitted).flatMap(({ note }) => note?.replaceAll(`${root}/`, '') ?? []);
  return { files, notes, rows: fitted.train.table.lines.length };
}

const full = 'id,y\n8,0\n9,0\n';

it('leaves files as they are that need nothing', async () => {
  const { files, notes } = await fit('id\ttext\ty\n1\ta\t1\n', full);
  expect(files).toEqual({
    'train.tsv': 'id\ttext\ty\n1\ta\t1\n',
    'test.csv': 'id,text\n8,c\n9,d\n',
    'sample_submission.csv': full,
  });
  expect(notes).toEqual([]);
});

it('leaves out train rows without a label, and writes a row of the sample for each of test', async () => {
  const { files, notes, rows } = await fit('id\ttext\ty\n1\ta\t1\n2\tb\t \n3\tc\t0\n', 'id,y\n9,0.5\n');
  expect(files['train.csv']).toBe('id,text,y\n1,a,1\n3,c,0\n');
  expect(files['sample_submission.csv']).toBe('id,y\n9,0.5\n8,0.5\n');
  expect(Object.keys(files).sort()).toEqual(['sample_submission.csv', 'test.csv', 'train.csv']);
  expect(rows).toBe(2);
  expect(notes).toEqual([
    'x.tsv: 1 of 3 rows without a value of y are left out',
    'sample.csv: 1 test rows that it lacks were added',
  ]);
});

it('leaves out rows that lack one of several labels', async () => {
  const { files } = await fit('id\ttext\ty\tz\n1\ta\t1\t0\n2\tb\t1\t\n', 'id,y,z\n8,0,0\n9,0,0\n', [
    'y',
    'z',
  ]);
  expect(files['train.csv']).toBe('id,text,y,z\n1,a,1,0\n');
});

it('gives a column of test the name that it has in train', async () => {
  const { files, notes } = await fit('id\tmessage\ty\n1\ta\t1\n', full, 'y', { from: 'text', to: 'message' });
  expect(files['test.csv']).toBe('id,message\n8,c\n9,d\n');
  expect(notes).toEqual(['test.csv: its column text is called message now, as in train']);
});

it('leaves train rows out whose number is written as a missing one, and keeps names that look so', async () => {
  const numbers = await fit('id\ttext\ty\n1\ta\t0.5\n2\tb\tNaN\n3\tc\tn/a\n4\td\t1\n', full);
  expect(numbers.files['train.csv']).toBe('id,text,y\n1,a,0.5\n4,d,1\n');
  expect((await fit('id\ttext\ty\n1\ta\tNA\n2\tb\tEU\n', full)).rows).toBe(2);
});
