import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { enterWorkspace } from 'foldwise/testing/enter-workspace';
import { execute } from '../execute.ts';
import { UsageError } from 'foldwise/usage-error';

const before = process.cwd();
afterAll(() => process.chdir(before));

const nouns = [
  'river',
  'bridge',
  'boat',
  'village',
  'apple',
  'letter',
  'garden',
  'window',
  'cloud',
  'road',
  'lamp',
];
const phrase = (row: number): string =>
  `the ${nouns[row % 11]} and the ${nouns[(row * 3 + 1) % 11]} of day ${row}`;
const rows = (count: number, line: (row: number) => string): string =>
  Array.from({ length: count }, (_, r) => `${line(r)}\n`).join('');

/** Two columns that test lacks, and a sample that names neither. */
const files = {
  'raw/train.csv': `id,text,wit,humour\n${rows(12, (r) => `a${r},${phrase(r)},${r % 2},${r % 3}`)}`,
  'raw/test.csv': `id,text\n${rows(4, (r) => `b${r},${phrase(r + 50)}`)}`,
  'raw/sample.csv': `id,prediction\n${rows(4, (r) => `b${r},0`)}`,
};
beforeEach(async () => {
  await enterWorkspace(files);
});

const three = (name = (role: string) => `${role}.csv`) =>
  ['train', 'test', 'sample'].flatMap((role) => [`--${role}`, `raw/${name(role)}`]);
const make = (...options: string[]) => execute(['new', 'demo', '--quiet', ...options]);
const failure = async (args: string[]): Promise<Error> =>
  execute([...args, '--quiet']).then(
    () => new Error('none'),
    (error: unknown) => error as Error,
  );
const manifest = async () =>
  JSON.parse(await readFile('data/demo/competition.json', 'utf8')) as Record<string, unknown>;

describe('foldwise new', () => {
  it('leaves nothing where a person would have to be asked, and names the option', async () => {
    await expect(make(...three(), '--yes')).rejects.toThrow(
      new UsageError(
        "test lacks 2 columns of raw/train.csv (wit, humour), and the sample's prediction is none of them; give --target, such as wit, humour",
      ),
    );
    expect(await readdir('data')).toEqual(['tiny']);
    expect(await readdir('pipelines')).toEqual(['tiny']);
  });

  it('takes what is given, and tells what it worked out', async () => {
    const outcome = await make(...three(), '--target', 'wit', '--metric', 'f1', '--title', 'Wit */ 🎬');
    expect(outcome!.text).toMatch(/^demo: 12 train rows, 4 test rows\n {2}id {8}id \(/);
    expect(outcome!.text).toContain(
      '  target    wit (as given)\n  task      binary (two values: 0, 1)\n  metric    f1 (as given)\n',
    );
    expect(await manifest()).toMatchObject({
      title: 'Wit */ 🎬',
      metric: 'f1',
      submission: { prediction: 'wit' },
    });
    expect(await readFile('data/demo/.gitignore', 'utf8')).toContain('\n*\n!.gitignore\n!competition.json\n');
    expect(await readFile('data/demo/train.csv', 'utf8')).toBe(files['raw/train.csv']);
    expect(await readFile('pipelines/demo/tsconfig.json', 'utf8')).toContain('\n  "include": ["*.ts"],\n');
    expect(await readFile('pipelines/demo/pipeline.ts', 'utf8')).toBe(
      [
        '/** Wit *\\/ 🎬: a first pipeline; every setting is in packages/data/src/pipeline/parse-pipeline.ts. */',
        "import { definePipeline } from '@foldwise/data';",
        '',
        'export default definePipeline({',
        "  name: 'demo',",
        "  head: 'mean',",
        "  folds: { kind: 'stratified', k: 5 },",
        '  training: { epochs: 10, batch: 8, maxLength: 32 },',
        '});',
        '',
      ].join('\n'),
    );
  });

  it('finds the files in a folder, and takes columns with odd names', async () => {
    const odd = `"say ""hi"", 'you',\n🎬"`;
    await enterWorkspace({
      'raw/train.csv': `id,${odd},y\n${rows(12, (r) => `a${r},${phrase(r)},${r % 2}`)}`,
      'raw/test.csv': `id,${odd}\n${rows(4, (r) => `b${r},${phrase(r + 50)}`)}`,
      'raw/sample_submission.csv': `id,y\n${rows(4, (r) => `b${3 - r},0`)}`,
    });
    await make('--folder', 'raw', '--yes');
    expect(await manifest()).toMatchObject({ columns: { text: `say "hi", 'you',\n🎬` } });
    const { text } = (await execute(['folds', 'tiny', '--quiet']))!;
    expect(text).toContain('tiny');
  });

  it('writes over nothing that is there, unless told', async () => {
    await enterWorkspace({ ...files, 'data/demo/notes.md': 'mine', 'data/demo/train.csv': 'id,text\n' });
    const options = [...three(), '--target', 'wit'];
    await expect(make(...options)).rejects.toThrow(
      'data/demo/train.csv is there already; move it, or write over it with --force',
    );
    expect(existsSync('pipelines/demo')).toBe(false);
    await make(...options, '--force');
    expect(await readFile('data/demo/notes.md', 'utf8')).toBe('mine');
    expect(await readFile('data/demo/train.csv', 'utf8')).toBe(files['raw/train.csv']);
    await expect(make(...options)).rejects.toThrow(
      new UsageError(
        'data/demo/competition.json is there already; choose another name, or write over it with --force',
      ),
    );
    expect((await readdir('data')).sort()).toEqual(['demo', 'tiny']);
  });

  it('refuses what the checks before training refuse, by the names of a person’s files', async () => {
    await enterWorkspace({
      ...files,
      'raw/test.csv': `id,text\n${rows(4, (r) => `b${r % 3},${phrase(r + 50)}`)}`,
    });
    const { message } = await failure(['new', 'demo', ...three(), '--target', 'wit', '--id', 'id']);
    expect(message).toContain('raw/');
    expect(message).not.toContain('.new-');
    expect(await readdir('data')).toEqual(['tiny']);
  });

  it.each([
    [['new', 'a/b', ...three()], 'expected a folder name of letters, digits, "-", "_" and ".", got "a/b"'],
    [['new', '..', ...three()], 'expected a folder name'],
    [['new', 'test', ...three()], '"test" is the name of a part of Foldwise; choose another one'],
    [['new', 'tiny', ...three()], 'is there already; choose another name, or write over it with --force'],
    [
      ['new', 'demo', '--train', 'raw/train.csv'],
      "new needs --test, --sample: the competition's files; or --from, a zip or a folder that holds them",
    ],
    [
      ['new', 'demo', '--from', 'data/tiny', '--train', 'raw/train.csv', '--test', 'x', '--task', 'binry'],
      '--task: expected "regression", "binary", "multi-class", "multi-label", "ordinal", got "binry"',
    ],
    [
      ['new', 'demo', ...three(), '--target', 'wit', '--metric', 'rmse'],
      '--metric: the metric "rmse" does not fit a binary task',
    ],
    [['new', 'demo', ...three(), '--head', 'nose'], 'nose'],
  ])('refuses %j as wrong use', async (args, message) => {
    const error = await failure(args);
    expect(error.message).toContain(message);
    expect(error).toBeInstanceOf(UsageError);
    expect(await readdir('data')).toEqual(['tiny']);
  });

  it('refuses files that are not there', async () => {
    const { message } = await failure(['new', 'demo', ...three((role) => `${role}.txt`)]);
    expect(message).toBe('raw/train.txt: there is no such file');
  });
});
