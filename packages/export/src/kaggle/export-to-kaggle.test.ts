import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeFoldModel } from '../testing/make-fold-model.ts';
import { exportToKaggle } from './export-to-kaggle.ts';
import type { KaggleDescription } from './kaggle-description.ts';
import { kaggleMetadata } from './kaggle-metadata.ts';
import { notebookOf } from './notebook-of.ts';

const about: KaggleDescription = {
  format: 1,
  title: 'Tiny Töwn!',
  name: 'ensemble',
  task: 'regression',
  files: { test: 'test.csv', sample: 'sample.csv' },
  text: ['text'],
  separator: ' [SEP] ',
  testId: 'id',
  sampleId: 'id',
  target: ['y'],
  holds: ['id', 'y'],
  classes: null,
  names: null,
  lists: null,
  twoClasses: null,
  decides: false,
  runs: [{ name: 'one', folds: ['one-fold-0'] }],
  blend: null,
  postProcessing: [],
  score: { metric: 'rmse', value: 0.5 },
};

let model: string;

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
  model = await makeFoldModel();
});

describe('exportToKaggle', () => {
  it('writes a data set of the models, a notebook, and what the kaggle command reads', async () => {
    const root = await mkdtemp(join(tmpdir(), 'foldwise-kaggle-'));
    const output = join(root, 'kaggle');
    const models = new Map([['one-fold-0', model]]);
    const { bytes } = await exportToKaggle({ output, about, models, user: 'me', competition: 'tiny-2026' });
    expect(bytes).toBeGreaterThan(10_000);
    const read = (...path: string[]): Promise<string> => readFile(join(output, ...path), 'utf8');
    expect((await readdir(output)).sort()).toEqual(['README.md', 'dataset', 'notebook']);
    expect(JSON.parse(await read('dataset', 'foldwise.json'))).toEqual(about);
    expect(await readdir(join(output, 'dataset', 'one-fold-0'))).toContain('model.json');
    expect(JSON.parse(await read('notebook', 'kernel-metadata.json'))).toMatchObject({
      id: 'me/tiny-t-wn-ensemble',
      code_file: 'predict.ipynb',
      enable_internet: false,
      dataset_sources: ['me/tiny-t-wn-ensemble-models'],
      competition_sources: ['tiny-2026'],
    });
    expect(JSON.parse(await read('dataset', 'dataset-metadata.json'))).toEqual({
      title: 'tiny t wn ensemble models',
      id: 'me/tiny-t-wn-ensemble-models',
      licenses: [{ name: 'other' }],
    });
    expect(await read('README.md')).not.toContain('INSERT');
    // All of the script's code is in the notebook's cells, in its order.
    const { cells } = JSON.parse(await read('notebook', 'predict.ipynb')) as {
      cells: { cell_type: string; source: string[] }[];
    };
    const code = cells.filter((cell) => cell.cell_type === 'code').map(({ source }) => source.join(''));
    const script = await read('notebook', 'predict.py');
    const lines = (text: string): string[] =>
      text.split('\n').filter((line) => line !== '' && !/^#( |$)/.test(line));
    expect(lines(code.join('\n'))).toEqual(lines(script));
    expect(cells[0]!.source[0]).toBe('# Predictions of models that Foldwise trained\n');

    await expect(exportToKaggle({ output, about, models })).rejects.toThrow('holds an export already');
    await exportToKaggle({ output, about, models, force: true });
    expect(await read('README.md')).toContain('`INSERT_USERNAME_HERE` and `INSERT_COMPETITION_SLUG_HERE`');
  });

  it('leaves nothing where a model cannot be read, or the folder holds something else', async () => {
    const root = await mkdtemp(join(tmpdir(), 'foldwise-kaggle-'));
    const output = join(root, 'kaggle');
    const unknown = await makeFoldModel();
    const record = JSON.parse(await readFile(join(unknown, 'head.json'), 'utf8')) as object;
    await writeFile(join(unknown, 'head.json'), JSON.stringify({ ...record, head: 'concat:mean+sun' }));
    await expect(
      exportToKaggle({ output, about, models: new Map([['one-fold-0', unknown]]) }),
    ).rejects.toThrow('Unknown head "sun"');
    expect(await readdir(root)).toEqual([]);
    await mkdir(output);
    await writeFile(join(output, 'mine.txt'), '');
    const models = new Map([['one-fold-0', model]]);
    await expect(exportToKaggle({ output, about, models, force: true })).rejects.toThrow('is not empty');
  });
});

describe('kaggleMetadata', () => {
  it('keeps to the lengths that Kaggle takes', () => {
    const { dataset, kernel } = kaggleMetadata({ title: `x ${'long '.repeat(20)}` });
    expect(dataset.title.length).toBeLessThanOrEqual(50);
    expect(dataset.id).toMatch(/^INSERT_USERNAME_HERE\/x(-long)+-l-models$/);
    expect(String(kernel['title']).length).toBeLessThanOrEqual(50);
    expect(kaggleMetadata({ title: 'a' }).kernel['title']).toBe('foldwise a');
  });
});

describe('notebookOf', () => {
  it('has a cell for each marker', () => {
    const { cells, nbformat } = JSON.parse(
      notebookOf('# %% [markdown]\n# # T\n#\n# text\n\n# %%\na = 1\nb = 2\n'),
    ) as { cells: object[]; nbformat: number };
    expect(nbformat).toBe(4);
    expect(cells).toEqual([
      { cell_type: 'markdown', metadata: {}, source: ['# T\n', '\n', 'text'] },
      { cell_type: 'code', metadata: {}, source: ['a = 1\n', 'b = 2'], execution_count: null, outputs: [] },
    ]);
  });
});
