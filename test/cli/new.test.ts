import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

const three = () => ['train', 'test', 'sample'].flatMap((name) => [`--${name}`, `raw/${name}.csv`]);

/** Trains the new pipeline quickly; the columns of its submission. */
async function submit(root: string) {
  const options = ['--folds.k', '2', '--epochs', '1', '--json', '--quiet'];
  const { code, stdout, stderr } = await runFoldwise(root, ['cv', 'demo', ...options]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { folder } = JSON.parse(stdout) as { folder: string };
  const text = await readFile(join(folder, 'submission.csv'), 'utf8');
  const [header, ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return { header, rows, column: (name: string) => rows.map((row) => row[header!.indexOf(name)]!) };
}

const manifestOf = async (root: string) =>
  JSON.parse(await readFile(join(root, 'data/demo/competition.json'), 'utf8')) as Record<string, unknown>;

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
    expect(JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8'))).toEqual({
      files: [],
      references: [{ path: 'packages/data' }, { path: 'pipelines/demo' }],
    });
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
});
