import { existsSync } from 'node:fs';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeWorkspace, runFoldwise, tinyBert } from './workspace.ts';

const words = ['good', 'bad', 'dull', 'fine', 'warm', 'slow', 'film', 'story', 'plot', 'music'];
const phrase = (row: number, seed = 0): string =>
  [3, 7, 11, 2, 5].map((step, i) => words[(row * step + seed + ((row * row) >> i)) % words.length]).join(' ');

/** Lines of comma-separated cells. */
const csv = (header: string, rows: number, cells: (row: number) => unknown[]): string =>
  [header, ...Array.from({ length: rows }, (_, row) => cells(row).join(','))].join('\n') + '\n';

/** A workspace whose pipelines find the packages, as those of a person do. */
async function makeWhole(files: Record<string, string> = {}): Promise<string> {
  const root = await makeWorkspace(files);
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
  await symlink(modules, join(root, 'node_modules'));
  return root;
}

/** `foldwise new demo`, on files that lie in `raw/`. */
const make = (root: string, ...options: string[]) =>
  runFoldwise(root, ['new', 'demo', '--encoder', tinyBert, '--quiet', ...options]);

const three = (ending = 'csv') =>
  ['train', 'test', 'sample'].flatMap((name) => [`--${name}`, `raw/${name}.${ending}`]);

/** Trains the new pipeline quickly; the columns of its submission. */
async function submit(root: string) {
  const options = ['--folds.k', '2', '--epochs', '1', '--json', '--quiet'];
  const { code, stdout, stderr } = await runFoldwise(root, ['cv', 'demo', ...options]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { folder } = JSON.parse(stdout) as { folder: string };
  const text = await readFile(join(root, folder, 'submission.csv'), 'utf8');
  const [header, ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return { header, rows, column: (name: string) => rows.map((row) => row[header!.indexOf(name)]!) };
}

const manifestOf = async (root: string) =>
  JSON.parse(await readFile(join(root, 'data/demo/competition.json'), 'utf8')) as Record<string, unknown>;

/** A stored or deflated archive of one directory, as zip programs write it. */
function zip(files: Record<string, string | Buffer>): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content as string);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(name.length, 22);
    locals.push(Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    entries.push(Buffer.from('PK\x01\x02\x14\x00'), fields, rest, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length / 4, 4);
  end.writeUInt16LE(entries.length / 4, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

describe('foldwise new, then cv', () => {
  it('takes pairs of questions, whose ids have other names in test', async () => {
    const root = await makeWhole({
      'tsconfig.json': '{ "files": [], "references": [{ "path": "packages/data" }] }',
      'raw/train.csv': csv('id,qid1,question1,question2,is_duplicate', 30, (r) => [
        r,
        r + 1,
        phrase(r),
        phrase(r, 1),
        r % 2,
      ]),
      'raw/test.csv': csv('test_id,question1,question2', 6, (r) => [r, phrase(r, 2), phrase(r, 3)]),
      'raw/sample.csv': csv('test_id,is_duplicate', 6, (r) => [5 - r, 0.5]),
    });
    const { code, stdout, stderr } = await make(root, ...three(), '--head', 'cls', '--yes');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('  text      question1, question2 (');
    expect(stdout).toContain('  not used  qid1 (');
    expect(await manifestOf(root)).toEqual({
      name: 'demo',
      title: 'Demo',
      files: { train: 'train.csv', test: 'test.csv', sample: 'sample_submission.csv' },
      columns: {
        id: { train: 'id', test: 'test_id', sample: 'test_id' },
        text: ['question1', 'question2'],
        target: 'is_duplicate',
      },
      task: 'binary',
      metric: 'roc-auc',
    });
    expect(JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8')).references).toEqual([
      { path: 'packages/data' },
      { path: 'pipelines/demo' },
    ]);
    expect((await readdir(join(root, 'pipelines/demo'))).sort()).toEqual([
      'package.json',
      'pipeline.ts',
      'tsconfig.json',
    ]);
    const { header, rows, column } = await submit(root);
    expect(header).toEqual(['test_id', 'is_duplicate']);
    expect(column('test_id')).toEqual(['5', '4', '3', '2', '1', '0']);
    expect(rows.every(([, p]) => Number(p) > 0 && Number(p) < 1)).toBe(true);
  });

  it('takes an archive of archives, with recipes in JSON', async () => {
    const root = await makeWhole();
    const cuisines = ['greek', 'southern_us', 'indian'];
    const items = (rows: number, first: number, more: (row: number) => object) =>
      JSON.stringify(
        Array.from({ length: rows }, (_, r) => ({
          id: first + r,
          ...more(r),
          ingredients: [phrase(r), 'salt'],
        })),
      );
    const file = join(root, 'whats.zip');
    await writeFile(
      file,
      zip({
        'train.json.zip': zip({ 'train.json': items(30, 1, (r) => ({ cuisine: cuisines[r % 3] })) }),
        'test.json': items(6, 90, () => ({})),
        'sample_submission.csv': csv('id,cuisine', 6, (r) => [90 + r, 'italian']),
      }),
    );
    const { code, stdout } = await make(root, '--zip', file, '--yes', '--json');
    expect(code).toBe(0);
    const told = JSON.parse(stdout) as { competition: object; changes: string[] };
    expect(told.competition).toMatchObject({
      columns: { id: 'id', text: 'ingredients', target: 'cuisine' },
      task: 'multi-class',
    });
    expect(told.changes[0]).toContain('train.json: JSON, now train.csv');
    const { column } = await submit(root);
    expect(column('id')).toEqual(['90', '91', '92', '93', '94', '95']);
    expect(column('cuisine').every((name) => cuisines.includes(name))).toBe(true);
  });

  it('takes messages by semicolons, in another encoding and without ids', async () => {
    const root = await makeWhole();
    const rows = Array.from(
      { length: 30 },
      (_, r) => `${r % 3 === 0 ? 'spam' : 'ham'};"caf\xe9, ${phrase(r)}"\r\n`,
    );
    await writeFile(join(root, 'train.csv'), Buffer.from(`label;message\r\n${rows.join('')}`, 'latin1'));
    await writeFile(
      join(root, 'test.csv'),
      csv('Id,message', 4, (r) => [r, phrase(r, 4)]),
    );
    await writeFile(
      join(root, 'sample.csv'),
      csv('Id,label', 4, (r) => [r, 'ham']),
    );
    const files = ['--train', 'train.csv', '--test', 'test.csv', '--sample', 'sample.csv'];

    const refused = await make(root, ...files, '--yes');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toBe(
      'train.csv:2: not UTF-8; in Windows-1252 it reads "spam;\\"café, good good good go"; give --encoding, such as windows-1252, windows-1251, shift_jis, gb18030, euc-kr, iso-8859-2\n',
    );
    expect(existsSync(join(root, 'data/demo'))).toBe(false);

    const { code, stdout } = await make(root, ...files, '--encoding', 'windows-1252', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'train.csv was in windows-1252; separated by semicolons: written anew as train.csv',
    );
    expect(await manifestOf(root)).toMatchObject({
      columns: { id: { test: 'Id', sample: 'Id' } },
      classes: ['ham', 'spam'],
    });
    expect((await submit(root)).column('label').every((name) => ['ham', 'spam'].includes(name))).toBe(true);
  });
});
