import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCompetition } from './load-competition.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'competition-'))));
afterEach(() => rm(folder, { recursive: true }));

interface Files {
  train?: string;
  test?: string;
  sample?: string;
  task?: string;
  target?: string | string[];
  columns?: object;
  submission?: Record<string, string>;
  classes?: string[];
  manifest?: string;
}

async function load({
  train = 'id,text,y\n1,a,0.5\n2,b,1\n',
  test = 'id,text\n8,c\n9,d\n',
  sample = 'id,y\n9,0\n8,0\n',
  task = 'regression',
  target = 'y',
  columns: more,
  submission,
  classes,
  manifest,
}: Files = {}) {
  const files = { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' };
  const columns = { id: 'id', text: 'text', target, ...more };
  const json =
    manifest ??
    JSON.stringify({ name: 'x', title: 'X', files, columns, task, classes, submission, metric: 'rmse' });
  await Promise.all([
    writeFile(join(folder, 'competition.json'), json),
    writeFile(join(folder, 'train.csv'), train),
    writeFile(join(folder, 'test.csv'), test),
    writeFile(join(folder, 'sample.csv'), sample),
  ]);
  return loadCompetition(folder);
}

async function messageOf(files: Files): Promise<string> {
  const error = await load(files).then(
    () => new Error('no error'),
    (e: Error) => e,
  );
  return error.message.replaceAll(join(folder, '/'), '');
}

describe('loadCompetition', () => {
  it('loads rows, targets and the sample, each in its file’s order', async () => {
    const { train, test, sample, classes } = await load();
    expect(train).toEqual({
      ids: ['1', '2'],
      texts: [['a', 'b']],
      targets: [Float64Array.of(0.5, 1)],
      extra: {},
    });
    expect(test).toEqual({ ids: ['8', '9'], texts: [['c', 'd']] });
    expect(sample).toMatchObject({ header: ['id', 'y'], ids: ['9', '8'] });
    expect(classes).toBeUndefined();
  });

  it('takes decimal numbers in all their forms', async () => {
    const { train } = await load({ train: 'id,text,y\n1,a,-1.5e-3\n2,b, +.5 \n3,c,7.\n' });
    expect(train.targets).toEqual([Float64Array.of(-0.0015, 0.5, 7)]);
  });

  it('loads several targets', async () => {
    const { train } = await load({
      task: 'multi-label',
      target: ['y', 'z'],
      train: 'id,text,z,y\n1,a,0,1\n2,b,1,1.0\n',
      sample: 'id,z,y\n8,0,0\n9,0,0\n',
    });
    expect(train.targets).toEqual([Float64Array.of(1, 1), Float64Array.of(0, 1)]);
  });

  it.each([
    ['names by character code', ['b', 'B', 'a', 'b'], ['B', 'a', 'b'], [2, 0, 1, 2]],
    ['numbers by value', ['10', '9', '-1', '10'], ['-1', '9', '10'], [2, 1, 0, 2]],
  ])('orders classes that are %s', async (_, cells, classes, indices) => {
    const train = `id,text,y\n${cells.map((cell, i) => `${i},t,${cell}\n`).join('')}`;
    const loaded = await load({ task: 'multi-class', train });
    expect(loaded.classes).toEqual(classes);
    expect(loaded.train.targets).toEqual([Float64Array.from(indices)]);
  });

  it('takes ordered classes as the manifest orders them, also such as no row has', async () => {
    const train = 'id,text,y\n1,a,poor\n2,b,good\n3,c,poor\n';
    const classes = ['poor', 'fair', 'good'];
    const loaded = await load({
      task: 'ordinal',
      train,
      classes,
      sample: 'id,fair,good,poor\n8,0,0,0\n9,0,0,0\n',
    });
    expect(loaded.classes).toEqual(classes);
    expect(loaded.train.targets).toEqual([Float64Array.of(0, 2, 0)]);
  });

  it('orders ordered classes by value where they are numbers', async () => {
    const loaded = await load({ task: 'ordinal', train: 'id,text,y\n1,a,10\n2,b,-1\n3,c,2.5\n' });
    expect(loaded.classes).toEqual(['-1', '2.5', '10']);
    expect(loaded.train.targets).toEqual([Float64Array.of(2, 0, 1)]);
  });

  it('takes a sample with a column for each class', async () => {
    const files = {
      task: 'multi-class',
      train: 'id,text,y\n1,a,p\n2,b,q\n',
      sample: 'id,q,p\n8,0,0\n9,0,0\n',
    };
    expect((await load(files)).sample.header).toEqual(['id', 'q', 'p']);
  });

  it('keeps several texts apart, or joins them with what the manifest names', async () => {
    const files = {
      train: 'id,q,a,y\n1,why,so,1\n2,,no,2\n',
      test: 'id,a,q\n8,yes,who\n9,x,y\n',
      columns: { text: ['q', 'a'] },
    };
    const { train, test } = await load(files);
    expect(train.texts).toEqual([['why', ''], ['so', 'no']]); // prettier-ignore
    expect(test.texts).toEqual([['who', 'y'], ['yes', 'x']]); // prettier-ignore
    const own = await load({ ...files, columns: { text: ['q', 'a'], separator: '\n' } });
    expect(own.train.texts).toEqual([['why\nso', '\nno']]);
  });

  it('knows rows by id columns with unlike names, whose ids may be the same', async () => {
    const { manifest, train, test, sample } = await load({
      train: 'train_id,text,y\n8,a,1\n9,b,2\n',
      test: 'test_id,text\n8,c\n9,d\n',
      columns: { id: { train: 'train_id', test: 'test_id', sample: 'id' } },
    });
    expect([train.ids, test.ids, sample.ids, manifest.columns.id]).toEqual([
      ['8', '9'],
      ['8', '9'],
      ['9', '8'],
      'id',
    ]);
  });

  it('numbers train rows, and takes the sample’s ids for test rows, where they have none', async () => {
    const { train, test } = await load({
      train: 'text,y\na,1\nb,2\n',
      test: 'text\nc\nd\n',
      columns: { id: { sample: 'id' } },
    });
    expect([train.ids, test.ids]).toEqual([
      ['0', '1'],
      ['9', '8'],
    ]);
  });

  it.each([
    ['in the target’s column', 'id,y\n8,ham\n9,spam\n', { names: ['ham', 'spam'] }],
    ['in the target’s column, one mistyped', 'id,y\n8,ham\n9,spamw\n', { names: ['ham', 'spam'] }],
    ['nowhere, as its cells are empty', 'id,y\n8,\n9,\n', { names: ['ham', 'spam'] }],
    ['as numbers', 'id,y\n8,0\n9,0\n', {}],
    ['with a column for each', 'id,spam,ham\n8,0,0\n9,0,0\n', {}],
  ])('takes two named classes, and a sample that has them %s', async (_, sample, expected) => {
    const train = 'id,text,y\n1,a,spam\n2,b,ham \n3,c,ham\n';
    const loaded = await load({ task: 'binary', classes: ['ham', 'spam'], train, sample });
    expect(loaded.train.targets).toEqual([Float64Array.of(1, 0, 0)]);
    expect(loaded.classes).toBeUndefined();
    expect(loaded.sample).toMatchObject({
      header: sample.split('\n')[0]!.split(','),
      ids: ['8', '9'],
      ...expected,
    });
  });

  it('reads a class from columns of which one holds a 1', async () => {
    const files = {
      task: 'multi-class',
      target: ['a', 'b', 'tie'],
      train: 'id,text,a,b,tie\n1,s,0,1,0\n2,t,0,0,1\n3,u,1.0,0,0\n',
      sample: 'id,tie,a,b\n8,0,0,0\n9,0,0,0\n',
    };
    const { train, classes } = await load(files);
    expect(classes).toEqual(['a', 'b', 'tie']);
    expect(train.targets).toEqual([Float64Array.of(1, 2, 0)]);
  });

  it('takes a sample that names its columns otherwise', async () => {
    const target = await load({ sample: 'id,prediction\n8,0\n9,0\n', submission: { prediction: 'y' } });
    expect(target.sample.holds).toEqual(['id', 'y']);
    const classes = await load({
      task: 'multi-class',
      train: 'id,text,y\n1,a,p\n2,b,q\n',
      sample: 'prob_q,id,prob_p\n0,8,0\n0,9,0\n',
      submission: { prob_p: 'p', prob_q: 'q' },
    });
    expect(classes.sample.holds).toEqual(['q', 'id', 'p']);
  });

  it.each<[string, Files, string]>([
    [
      'texts that are all empty',
      { train: 'id,q,a,y\n1,, ,1\n', columns: { text: ['q', 'a'] } },
      'train.csv: column "q": the texts are empty, here and in "a" in all rows',
    ],
    [
      'test rows without ids, fewer than the sample’s',
      { test: 'text\nc\n', columns: { id: { train: 'id', sample: 'id' } } },
      'test.csv: expected 2 rows, as in sample.csv, got 1: without an id column, rows are known by their order',
    ],
    [
      'a third name beside two',
      { task: 'binary', classes: ['n', 'y'], train: 'id,text,y\n1,a,y\n2,b,N\n' },
      'train.csv:3, column "y": expected one of the manifest\'s classes n, y, got "N"',
    ],
    [
      'a row of two classes',
      {
        task: 'multi-class',
        target: ['p', 'q'],
        train: 'id,text,p,q\n1,a,1,0\n2,b,1,1\n',
        sample: 'id,p,q\n',
      },
      'train.csv:3, column "p": expected a 1 in one of "p", "q", got 2 of them',
    ],
    [
      'a column that is not in the sample',
      { submission: { prob: 'y' } },
      'sample.csv:1: there is no column "prob"; the columns are "id", "y"; the nearest is "id"',
    ],
    [
      'a missing column',
      { train: 'id,Text,y\n1,a,1\n' },
      'train.csv:1: there is no column "text"; the columns are "id", "Text", "y"; the nearest is "Text"',
    ],
    ['no rows', { test: 'id,text\n' }, 'test.csv: there are no rows below the column names'],
    [
      'an id twice',
      { train: 'id,text,y\n1,"a\nb",1\n2,c,1\n1,d,1\n' },
      'train.csv:5, column "id": id "1" is already on line 2',
    ],
    ['an empty id', { train: 'id,text,y\n ,a,1\n' }, 'train.csv:2, column "id": the id is empty'],
    [
      'empty texts alone',
      { train: 'id,text,y\n1,,1\n2," \t\n ",1\n' },
      'train.csv: column "text": the text is empty in all rows',
    ],
    [
      'a label that is no number',
      { train: 'id,text,y\n1,a,abc\n' },
      'train.csv:2, column "y": expected a number, got "abc"',
    ],
    [
      'a label missing',
      { train: 'id,text,y\n1,a,\n' },
      'train.csv:2, column "y": expected a number, but it is empty',
    ],
    [
      'an infinite label',
      { train: 'id,text,y\n1,a,1e999\n' },
      'train.csv:2, column "y": expected a number, got "1e999"',
    ],
    [
      'a hexadecimal label',
      { train: 'id,text,y\n1,a,0x1F\n' },
      'train.csv:2, column "y": expected a number, got "0x1F"',
    ],
    [
      'a decimal comma',
      { train: 'id,text,y\n1,a,"0,5"\n' },
      'train.csv:2, column "y": expected a number, got "0,5"',
    ],
    [
      'a binary label of 2',
      { task: 'binary', train: 'id,text,y\n1,a,0\n2,b,2\n' },
      'train.csv:3, column "y": expected 0 or 1, got "2"',
    ],
    ['a multi-label 0.5', { task: 'multi-label' }, 'train.csv:2, column "y": expected 0 or 1, got "0.5"'],
    [
      'an empty class',
      { task: 'multi-class', train: 'id,text,y\n1,a,p\n2,b,\n' },
      'train.csv:3, column "y": expected a class, but it is empty',
    ],
    [
      'one class',
      { task: 'multi-class', train: 'id,text,y\n1,a,p\n2,b,p\n' },
      'train.csv:2, column "y": expected two or more classes, got one in all rows',
    ],
    [
      'ordered classes without an order',
      { task: 'ordinal', train: 'id,text,y\n1,a,1\n2,b,high\n' },
      'train.csv:3, column "y": expected a number, got "high"; an ordinal task whose classes are names needs "classes" in competition.json, from the lowest to the highest',
    ],
    [
      'a class in two forms',
      { task: 'ordinal', train: 'id,text,y\n1,a,1\n2,b,1.0\n3,c,2\n' },
      'train.csv:3, column "y": the class "1.0" is also written in another way; expected one',
    ],
    [
      'a class that the manifest lacks',
      { task: 'ordinal', classes: ['a', 'b'], train: 'id,text,y\n1,t,a\n2,t,c\n' },
      `train.csv:3, column "y": expected one of the manifest's classes a, b, got "c"`,
    ],
    [
      'an empty ordered class',
      { task: 'ordinal', train: 'id,text,y\n1,a,1\n2,b,\n' },
      'train.csv:3, column "y": expected a class, but it is empty',
    ],
    [
      'a row in both files',
      { test: 'id,text\n8,c\n2,d\n' },
      'test.csv:3, column "id": id "2" is also in train.csv:3',
    ],
    [
      'a test row missing from the sample',
      { sample: 'id,y\n8,0\n' },
      'test.csv:3, column "id": id "9" is missing from sample.csv',
    ],
    [
      'a sample row missing from the test',
      { sample: 'id,y\n8,0\n9,0\n10,0\n' },
      'sample.csv:4, column "id": id "10" is not in test.csv',
    ],
    [
      'a sample row twice',
      { sample: 'id,y\n8,0\n9,0\n8,0\n' },
      'sample.csv:4, column "id": id "8" is already on line 2',
    ],
    [
      'other columns in the sample',
      { sample: 'id,score\n8,0\n9,0\n' },
      'sample.csv:1: expected the columns "id", "y", got "id", "score"; "submission" in competition.json names those that are called otherwise',
    ],
    ['a manifest that is no JSON', { manifest: '{"name": }' }, 'competition.json: not valid JSON: '],
  ])('refuses %s', async (_, files, message) => {
    expect((await messageOf(files)).slice(0, message.length)).toBe(message);
  });

  it('warns of rows without a text, and takes them', async () => {
    const { train, test, warnings } = await load({
      train: 'id,text,y\n1,,1\n2,a,2\n',
      test: 'id,text\n8,c\n9," \t\n "\n',
    });
    expect([train.texts, test.texts]).toEqual([[['', 'a']], [['c', ' \t\n ']]]);
    const { count, shown } = warnings.find(({ title }) => title === 'rows without a text')!;
    expect(count).toBe(2);
    expect(shown.map((line) => line.replace(/^.*\//, ''))).toEqual([
      'train.csv:2, column "text": the text is empty',
      'test.csv:3, column "text": the text is empty',
    ]);
  });

  it('shows the problems of a file together', async () => {
    expect(await messageOf({ train: 'id,text,y\n1,,x\n1,a,\n' })).toBe(
      [
        'train.csv:3, column "id": id "1" is already on line 2',
        'train.csv:2, column "y": expected a number, got "x"',
        'train.csv:3, column "y": expected a number, but it is empty',
      ].join('\n'),
    );
  });

  it('loads the movie-sentiment files', async () => {
    const { train, test, sample } = await loadCompetition(
      fileURLToPath(new URL('../../../../data/movie-sentiment', import.meta.url)),
    );
    expect([train.ids.length, test.ids.length, sample.ids.length]).toEqual([8484, 2121, 2121]);
    expect(train.ids[0]).toBe('8733');
    const [ratings] = train.targets;
    // math.fsum over Python's csv.DictReader
    expect(ratings!.reduce((sum, rating) => sum + rating, 0) / ratings!.length).toBeCloseTo(
      0.007798815928875191,
      14,
    );
  });
});
