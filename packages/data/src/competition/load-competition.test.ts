import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  load,
  makeFolder,
  messageOf,
  removeFolder,
  type CompetitionFiles,
} from '../testing/competition-files.ts';
import { loadCompetition } from './load-competition.ts';

beforeEach(makeFolder);
afterEach(removeFolder);

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

  it.each<[string, CompetitionFiles, string]>([
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
      'a row in both files',
      { test: 'id,text\n8,c\n2,d\n' },
      'test.csv:3, column "id": id "2" is also in train.csv:3',
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
