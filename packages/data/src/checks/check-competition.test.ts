import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCompetition } from './check-competition.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'check-competition-'))));
afterEach(() => rm(folder, { recursive: true }));

interface Files {
  train: string;
  test?: string;
  sample?: string;
  task?: string;
  text?: string | string[];
}

/** Each kind of warning with its count and what is shown. */
type Shown = [title: string, count: number, shown: string[]];

async function check({
  train,
  test = 'id,text\nt1,another text that is in the test file alone\n',
  sample = 'id,y\nt1,0\n',
  task = 'multi-class',
  text = 'text',
}: Files): Promise<Shown[]> {
  const files = { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' };
  const columns = { id: 'id', text, target: 'y' };
  const manifest = { name: 'x', title: 'X', files, columns, task, metric: 'accuracy' };
  await Promise.all([
    writeFile(join(folder, 'competition.json'), JSON.stringify(manifest)),
    writeFile(join(folder, 'train.csv'), train),
    writeFile(join(folder, 'test.csv'), test),
    writeFile(join(folder, 'sample.csv'), sample),
  ]);
  const { warnings } = await checkCompetition(folder, { k: 2 });
  return warnings.map(({ title, count, shown }) => [
    title,
    count,
    shown.map((line) => line.replaceAll(join(folder, '/'), '')),
  ]);
}

const rows = (labels: readonly string[]): string =>
  `id,text,y\n${labels.map((label, i) => `${i},${['it rained', 'we sang', 'dogs bark', 'no money'][i]},${label}\n`).join('')}`;

describe('checkCompetition', () => {
  it('finds nothing in files that are in order', async () => {
    expect(await check({ train: rows(['a', 'a', 'b', 'b']) })).toEqual([]);
  });

  it('finds classes that are too rare, of two kinds, and spelled alike', async () => {
    expect(await check({ train: rows(['a', 'A', '1', 'a']) })).toEqual([
      ['labels of two kinds', 1, ['train.csv, column "y": numbers such as "1" and words such as "A"']],
      ['classes that are spelled alike', 1, ['train.csv, column "y": "A" and "a"']],
      [
        'classes with fewer rows than folds',
        2,
        ['train.csv, column "y": the class "1" has 1 row', 'train.csv, column "y": the class "A" has 1 row'],
      ],
    ]);
  });

  it('finds texts that are the same, or nearly, and texts of a wrong encoding', async () => {
    const long = 'this is a text that is long enough for one word of it to be another one';
    expect(
      await check({
        train: `id,text,y\n1,${long},a\n2,"It doesnâ€™t rain!",a\n3,it doesnâ€™t rain,b\n4,${long.replace('another', 'any other')},a\n5,b\uFFFDd,b\n`,
        test: `id,text\nt1,${long}\n`,
      }),
    ).toEqual([
      [
        'texts with characters of a wrong encoding',
        3,
        [
          'train.csv:3, column "text": "â€™"',
          'train.csv:4, column "text": "â€™"',
          'train.csv:6, column "text": "\uFFFD"',
        ],
      ],
      [
        'texts that are in train more than once',
        1,
        ['train.csv:5, column "text": nearly the text of train.csv:2'],
      ],
      ['texts in train and test', 1, ['test.csv:2, column "text": the text of train.csv:2']],
      ['texts under different labels', 1, ['train.csv:4, column "text": nearly the text of train.csv:3']],
    ]);
  });

  it('takes the texts of a row together', async () => {
    const test = 'id,q,a\nt1,is it cold,the heating broke last night and we froze\n';
    const answers = [
      'yes',
      'the dog has been barking at it since noon',
      'nobody knows before tomorrow',
      'yes',
    ];
    const rows = answers.map((answer, i) => `${i},is it cold,${answer},${i < 2 ? 'a' : 'b'}\n`);
    const train = `id,q,a,y\n${rows.join('')}`;
    expect(await check({ train, test, text: ['q', 'a'] })).toEqual([
      ['texts under different labels', 1, ['train.csv:5, column "q": the text of train.csv:2']],
    ]);
  });

  it('takes numbers for unlike that are further apart than all are on average', async () => {
    const train =
      'id,text,y\n1,the same text,0\n2,the same text,1\n3,the same text,9\n4,quite other words,-9\n';
    expect((await check({ train, task: 'regression' })).map(([title, count]) => [title, count])).toEqual([
      ['texts that are in train more than once', 1],
      ['texts under different labels', 1],
    ]);
  });

  it('shows the first hundred of a kind, and counts all', async () => {
    const train = `id,text,y\n${Array.from({ length: 250 }, (_, i) => `${i},the same text,${i % 2}\n`).join('')}`;
    expect((await check({ train })).map(([, count, shown]) => [count, shown.length])).toEqual([
      [125, 100],
      [124, 100],
    ]);
  });

  it('shows what is wrong in all files at once', async () => {
    const error = await check({
      train: 'id,text,y\n1,,a\n1,b,\n',
      test: 'id,txt\nt1,a\n',
      sample: 'id,y\nt1,0\nt1,0\n',
    }).then(
      () => new Error('no error'),
      (e: Error) => e,
    );
    expect(error.message.replaceAll(join(folder, '/'), '').split('\n')).toEqual([
      'train.csv:3, column "id": id "1" is already on line 2',
      'train.csv:3, column "y": expected a class, but it is empty',
      'test.csv:1: there is no column "text"; the columns are "id", "txt"; the nearest is "txt"',
    ]);
  });

  it('checks the sample’s rows also where train is wrong', async () => {
    const error = await check({ train: 'id,text,y\nt1,,a\n2,b,b\n', sample: 'id,y\nt2,0\n' }).then(
      () => new Error('no error'),
      (e: Error) => e,
    );
    expect(error.message.replaceAll(join(folder, '/'), '').split('\n')).toEqual([
      'test.csv:2, column "id": id "t1" is also in train.csv:2',
      'sample.csv:2, column "id": id "t2" is not in test.csv',
      'test.csv:2, column "id": id "t1" is missing from sample.csv',
    ]);
  });
});
