/** A new competition, then its cross-validation: files as people have them, up to the submission. */
import { existsSync } from 'node:fs';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeZip } from '@foldwise/data/testing/make-zip';
import { afterAll, describe, expect, it } from 'vitest';
import { enterWorkspace } from '../testing/enter-workspace.ts';
import { crossValidate } from '../runs/cross-validate.ts';
import { UsageError } from '../usage-error.ts';
import { newCompetition, type NewCompetitionOptions } from './new-competition.ts';

const before = process.cwd();
afterAll(() => process.chdir(before));

const tinyBert = fileURLToPath(new URL('../../../encoders/fixtures/tiny-bert', import.meta.url));
const repository = fileURLToPath(new URL('../../../../', import.meta.url));

const words = ['good', 'bad', 'dull', 'fine', 'warm', 'slow', 'film', 'story', 'plot', 'music'];
const phrase = (row: number, seed = 0): string =>
  [3, 7, 11, 2, 5].map((step, i) => words[(row * step + seed + ((row * row) >> i)) % words.length]).join(' ');

/** Lines of comma-separated cells. */
const csv = (header: string, rows: number, cells: (row: number) => unknown[]): string =>
  [header, ...Array.from({ length: rows }, (_, row) => cells(row).join(','))].join('\n') + '\n';

/** Enters a workspace with these files, whose pipelines find the packages and the settings of TypeScript. */
async function enter(files: Record<string, string | Buffer>): Promise<void> {
  const root = await enterWorkspace();
  for (const name of ['node_modules', 'packages', 'tsconfig.base.json'])
    await symlink(join(repository, name), join(root, name));
  for (const [name, content] of Object.entries(files)) await writeFile(name, content);
}

const three = { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' };
const make = (name: string, options: Omit<NewCompetitionOptions, 'name'>) =>
  newCompetition({ name, encoder: tinyBert, ...options });

/** Trains the new pipeline quickly; the columns of its submission. */
async function submit(name: string) {
  const settings = { folds: { k: 2 }, training: { epochs: 1 } };
  const run = await crossValidate({ pipeline: name, settings });
  const text = await readFile(run.submission, 'utf8');
  const [header, ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return { header, rows, column: (name: string) => rows.map((row) => row[header!.indexOf(name)]!) };
}

const manifestOf = async (name: string) =>
  JSON.parse(await readFile(`data/${name}/competition.json`, 'utf8')) as Record<string, unknown>;

describe('newCompetition, then crossValidate', () => {
  it('takes an archive of archives, with recipes in JSON', async () => {
    const cuisines = ['greek', 'southern_us', 'indian'];
    const items = (rows: number, first: number, more: (row: number) => object) =>
      JSON.stringify(
        Array.from({ length: rows }, (_, r) => ({
          id: first + r,
          ...more(r),
          ingredients: [phrase(r), 'salt'],
        })),
      );
    const train = makeZip([
      { name: 'train.json', content: items(30, 1, (r) => ({ cuisine: cuisines[r % 3] })) },
    ]);
    await enter({
      'whats.zip': makeZip([
        { name: 'train.json.zip', content: train },
        { name: 'test.json', content: items(6, 90, () => ({})) },
        { name: 'sample_submission.csv', content: csv('id,cuisine', 6, (r) => [90 + r, 'italian']) },
      ]),
    });
    const told = await make('recipes', { from: 'whats.zip' });
    expect(told.competition).toMatchObject({
      columns: { id: 'id', text: 'ingredients', target: 'cuisine' },
      task: 'multi-class',
    });
    expect(told.changes[0]).toContain('train.json: JSON, now train.csv');
    const { column } = await submit('recipes');
    expect(column('id')).toEqual(['90', '91', '92', '93', '94', '95']);
    expect(column('cuisine').every((name) => cuisines.includes(name))).toBe(true);
  });

  it('takes messages by semicolons, in another encoding and without ids', async () => {
    const messages = (text: string): Buffer =>
      Buffer.from(
        csv('label;message', 30, (r) => [`${r % 3 === 0 ? 'spam' : 'ham'};"${text}, ${phrase(r)}"\r`]),
        'latin1',
      );
    await enter({
      'train.csv': messages('\xe4\xee\xec'),
      'test.csv': csv('Id,message', 4, (r) => [r, phrase(r, 4)]),
      'sample.csv': csv('Id,label', 4, (r) => [r, 'ham']),
    });
    await expect(make('messages', three)).rejects.toThrow(
      new UsageError(
        'train.csv:2: not UTF-8; in Windows-1252 it reads "spam;\\"äîì, good good good "; give --encoding, such as windows-1252, windows-1251, shift_jis, gb18030, euc-kr, iso-8859-2',
      ),
    );
    expect(existsSync('data/messages')).toBe(false);

    const { changes } = await make('messages', { ...three, encoding: 'windows-1251' });
    expect(changes[0]).toContain(
      'train.csv was in windows-1251; separated by semicolons: written anew as train.csv',
    );
    expect(await manifestOf('messages')).toMatchObject({
      columns: { id: { test: 'Id', sample: 'Id' } },
      classes: ['ham', 'spam'],
    });
    expect((await submit('messages')).column('label').every((name) => ['ham', 'spam'].includes(name))).toBe(
      true,
    );
  });

  it('takes files with what real ones have: rows without a label or a text, commas, a sample of a few rows', async () => {
    await enter({
      'train.csv': csv('Label,Text', 32, (r) => [
        ['yes', 'no', ''][r === 7 ? 2 : r % 2],
        r === 5 ? '' : `${phrase(r)}, r ${r}`,
      ]),
      'test.csv': csv('Id,Text', 6, (r) => [`t${r}`, r === 2 ? '' : `"${phrase(r, 4)}, well"`]),
      'sample.csv': 'id,Label\nt3,0.5\nt1,0.5\n',
    });
    const { rows, changes, findings } = await make('real', three);
    expect(rows).toEqual({ train: 31, test: 6 });
    expect(changes).toEqual([
      'train.csv was with separators in texts without quotes (Text, 31 rows): written anew as train.csv: 1 of 32 rows without a value of Label are left out',
      'sample.csv: 4 test rows that it lacks were added',
    ]);
    expect(findings.find(({ what }) => what === 'metric')).toMatchObject({
      value: 'roc-auc',
      why: expect.stringContaining('the sample holds probabilities; the files do not tell it'),
    });
    const { header, column } = await submit('real');
    expect(header).toEqual(['id', 'Label']);
    expect(column('id')).toEqual(['t3', 't1', 't0', 't2', 't4', 't5']);
    expect(column('Label').every((p) => Number(p) > 0 && Number(p) < 1)).toBe(true);
  });
});
