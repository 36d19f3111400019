import { describe, expect, it } from 'vitest';
import { inferCompetition } from './infer-competition.ts';
import { always, from, makeTables, oneOf, share, words, type Columns } from '../testing/make-tables.ts';
import { matchClasses } from './match-classes.ts';
import type { Tables } from './tables.ts';
import { twoClasses } from './two-classes.ts';
import { Undecided } from './undecided.ts';

const bit = oneOf(0, 1);

describe('inferCompetition, where the files do not tell', () => {
  const train: Columns = { id: (r) => `a${r}`, text: words(9), y: bit };
  const test: Columns = { id: (r) => `b${r}`, text: words(9, 1) };
  const sample: Columns = { id: (r) => `b${r}`, y: always(0) };
  const undecided = (tables: Tables): Undecided => {
    try {
      inferCompetition(tables);
    } catch (error) {
      if (error instanceof Undecided) return error;
    }
    throw new Error('expected something undecided');
  };

  it.each<[string, Tables, Partial<Undecided>]>([
    [
      'no common ids, and other numbers of rows',
      {
        ...makeTables(train, test, sample),
        sample: makeTables(train, test, { key: from(0), y: always(0) }, 30).sample,
      },
      {
        option: 'id',
        message: 'no column of test.csv (20 rows) holds the ids of sample.csv (10 rows)',
        choices: ['id', 'text'],
      },
    ],
    [
      'several columns that test lacks',
      makeTables({ id: train['id']!, text: words(9), humour: share, wit: share }, test, {
        id: sample['id']!,
        prediction: always(0),
      }),
      {
        option: 'target',
        message:
          "test lacks 2 columns of train.csv (humour, wit), and the sample's prediction is none of them",
        choices: ['humour', 'wit'],
      },
    ],
    [
      'a train file without the target',
      makeTables({ id: train['id']!, text: words(9) }, test, sample),
      {
        option: 'target',
        message: "train has no column that test lacks, and the sample's y is not among train's columns",
        choices: [],
      },
    ],
    [
      'numbers alone',
      makeTables(
        { id: from(0), width: share, y: bit },
        { id: from(900), width: share },
        { id: from(900), y: always(0) },
      ),
      {
        option: 'text',
        message:
          'no column of train.csv and test.csv holds words: width are numbers, dates, addresses or all alike',
        choices: ['width'],
      },
    ],
  ])('says what is not known of %s', (_, tables, expected) => {
    const { option, message, choices } = undecided(tables);
    expect({ option, message, choices }).toEqual(expected);
  });

  it.each<[string, Tables, string]>([
    [
      'a span of the text, as of sentiments in messages',
      makeTables(
        {
          textID: (r) => `a${r}`,
          text: words(12),
          selected_text: words(5),
          sentiment: oneOf('neutral', 'negative', 'positive'),
        },
        { textID: (r) => `b${r}`, text: words(12, 1), sentiment: oneOf('neutral', 'negative') },
        { textID: (r) => `b${r}`, selected_text: always('') },
      ),
      'the target "selected_text" of train.csv holds texts, 60 unlike ones in 60 rows: a part of the text, an answer in words or a list of labels; Foldwise predicts numbers, classes, and labels with a column of 0 and 1 each',
    ],
    [
      'one value for all',
      makeTables({ ...train, y: always('x') }, test, sample),
      'the target "y" of train.csv has the same value in all rows: nothing can be learnt from it',
    ],
    [
      'a sample of ids alone',
      makeTables(train, test, { id: sample['id']! }),
      'sample.csv:1: expected a column to predict beside the ids id',
    ],
    [
      'a file without rows',
      makeTables(train, test, sample, 0),
      'train.csv: there are no rows below the column names',
    ],
    [
      'two targets, one of them of names',
      makeTables({ ...train, z: oneOf('p', 'q', 'r') }, test, { ...sample, z: always('p') }),
      'the target "z" holds names, among 2 targets: expected numbers in all of them, or the same two values; --target names the one to predict',
    ],
  ])('refuses %s', (_, tables, message) => {
    expect(() => inferCompetition(tables)).toThrow(new Error(message));
  });

  it('takes what is given', () => {
    const tables = makeTables(
      { ...train, z: share, title: words(6) },
      { ...test, title: words(6, 2) },
      { id: sample['id']!, prediction: always(0) },
    );
    const { manifest } = inferCompetition(tables, {
      text: ['title'],
      target: ['z'],
      task: 'regression',
      metric: 'mae',
    });
    expect(manifest).toEqual({
      columns: { id: 'id', text: 'title', target: 'z' },
      task: 'regression',
      metric: 'mae',
      submission: { prediction: 'z' },
    });
  });

  it.each<[string, Columns, string]>([
    [
      'lists of other names',
      { id: sample['id']!, prediction: always('b:1 a:2') },
      'sample.csv, column "prediction": holds lists of labels, such as "b:1 a:2"; Foldwise writes one value, or a column for each label',
    ],
    [
      'lists of numbers',
      { id: sample['id']!, prediction: oneOf('', '2 30', '7') },
      'sample.csv, column "prediction": holds lists of labels, such as "2 30"; Foldwise writes one value, or a column for each label',
    ],
    [
      'ids of a second test file',
      { id: (r) => `b${r * 2}`, y: always('a') },
      'sample.csv, column "id": 10 of 20 ids are not in test.csv, such as "b20"; expected the files of one competition, and --id to name its ids',
    ],
    [
      'ids that a spreadsheet rounded',
      { id: (r) => `9.${r}E+17`, y: always('a') },
      'sample.csv, column "id": a spreadsheet rounded the ids, such as 9.0E+17; take the file as the competition gives it',
    ],
  ])('refuses a sample with %s', (_, other, message) => {
    const named = makeTables({ ...train, y: oneOf('a', 'b', 'c') }, test, other);
    expect(() => inferCompetition(named)).toThrow(new Error(message));
  });

  it('refuses a sample with the ids of two test files', () => {
    const tables = { ...makeTables(train, test, sample), sample: makeTables(train, test, sample, 90).sample };
    expect(() => inferCompetition(tables)).toThrow(
      new Error(
        'sample.csv, column "id": 10 of 30 ids are not in test.csv, such as "b20"; if there is a second test file, put the rows of both into one',
      ),
    );
  });

  it.each<[string, Columns, string]>([
    ['a label', { a: oneOf('a', 'b'), 'a lovely day at the sea': words(9) }, 'a, a lovely day at the …'],
    ['a number', { '0.75': share, 'so it rained all day': words(9) }, '0.75, so it rained all day'],
  ])('refuses a file without names, whose first line has %s', (_, columns, shown) => {
    const message = `train.csv:1: expected the names of the columns, got what looks like a row: ${shown}; write a line of names above it`;
    expect(() => inferCompetition(makeTables(columns, test, sample))).toThrow(new Error(message));
    const asked = { 'How do you like the film?': words(9) };
    expect(() =>
      inferCompetition(makeTables({ ...train, ...asked }, { ...test, ...asked }, sample)),
    ).not.toThrow();
  });

  it('takes a sample of fewer rows than test has', () => {
    const tables = { ...makeTables(train, test, sample), sample: makeTables(train, test, sample, 9).sample };
    const { manifest, findings } = inferCompetition(tables);
    expect(manifest.columns.id).toBe('id');
    expect(findings[0]!.why).toBe(
      'the ids of test and sample are the same, but for 17 that the sample lacks; unique in train, too',
    );
  });

  it('names a group that test has others of, where there are few', () => {
    const tables = makeTables(
      { ...train, prompt_id: oneOf('a', 'b', 'c') },
      { ...test, prompt_id: oneOf('d', 'e') },
      sample,
    );
    const { manifest, findings } = inferCompetition(tables);
    expect(manifest.columns.group).toBe(undefined);
    expect(findings.find(({ what }) => what === 'group')!.why).toBe(
      'test has others of prompt_id than train, whose 3 are few to split by: --group prompt_id does it',
    );
    const given = inferCompetition(tables, { group: 'prompt_id' });
    expect(given.settings.folds).toEqual({ kind: 'stratified-group', k: 3 });
  });

  it.each<[string, Columns[string], Columns[string], string]>([
    ['probabilities', bit, always('0.1'), 'roc-auc'],
    ['floats beside whole labels', bit, always('0.0'), 'roc-auc'],
    ['floats beside floats', oneOf('0.0', '1.0'), always('0.0'), 'accuracy'],
    ['decisions, of labels one of which is rare', (r) => Number(r % 12 === 5), always(0), 'f1'],
    ['decisions, of some labels that are missing', oneOf(0, 1, ''), always(0), 'accuracy'],
  ])('chooses the metric of two classes by a sample of %s', (_, label, cell, metric) => {
    const { manifest, findings } = inferCompetition(
      makeTables({ ...train, y: label }, test, { ...sample, y: cell }),
    );
    expect(manifest.metric).toBe(metric);
    expect(findings.find(({ what }) => what === 'metric')!.why).toMatch(
      /; the files do not tell it: --metric [a-z0-9-]+, [a-z0-9-]+, [a-z0-9-]+ or another$/,
    );
  });

  it.each<[string, Columns[string], string]>([
    ['prices', (r) => (r === 9 ? '2000' : ((r * 13) % 57) + 3.5), 'rmsle'],
    ['prices below zero', (r) => (r === 9 ? '-2000' : ((r * 13) % 57) + 3.5), 'rmse'],
    ['shares, most of them 0', (r) => (r % 3 ? '0' : share(r)), 'rmse'],
    ['any others', (r) => (((r * 37) % 101) / 40 - 2.5).toFixed(4), 'rmse'],
  ])('chooses the metric of numbers by their spread: %s', (_, cell, metric) => {
    expect(inferCompetition(makeTables({ ...train, y: cell }, test, sample)).manifest).toMatchObject({
      task: 'regression',
      metric,
    });
  });

  it.each<[string, Columns[string], Columns[string], string | undefined]>([
    ['that test has others of', (r) => `g${r >> 1}`, (r) => `h${r >> 1}`, 'user_id'],
    ['that test has again', (r) => `g${r >> 1}`, (r) => `g${r >> 1}`, undefined],
    ['of which there are few', (r) => `g${r >> 4}`, (r) => `h${r >> 1}`, undefined],
  ])('splits by groups %s: %#', (_, inTrain, inTest, group) => {
    const tables = makeTables({ ...train, user_id: inTrain }, { ...test, user_id: inTest }, sample);
    const { manifest, settings } = inferCompetition(tables);
    expect(manifest.columns.group).toBe(group);
    expect(settings.folds?.kind).toBe(group ? 'stratified-group' : 'stratified');
  });

  it.each([
    [{ group: 'user' }, '--group: there is no column "user" in train.csv'],
    [{ id: 'nr' }, '--id: there is no column "nr" in test.csv or sample.csv'],
    [{ text: ['body'] }, '--text: there is no column "body" in train.csv'],
    [{ target: ['label'] }, '--target: there is no column "label" in train.csv'],
  ])('refuses %j, which no file has', (given, message) => {
    expect(() => inferCompetition(makeTables(train, test, sample), given)).toThrow(new Error(message));
  });

  it('numbers train rows whose ids test uses anew', () => {
    const same = { ...train, id: from(0) };
    const { manifest, findings } = inferCompetition(
      makeTables(same, { ...test, id: from(0) }, { ...sample, id: from(0) }),
    );
    expect(manifest.columns.id).toEqual({ test: 'id', sample: 'id' });
    expect(findings[0]!.why).toContain('train counts its rows by the same ids anew');
  });

  it('leaves out columns of words that hardly a row has', () => {
    const rare: Columns = { unnamed: (r) => (r === 5 || r === 7 ? `rest of a text ${r}` : '') };
    const { manifest } = inferCompetition(makeTables({ ...train, ...rare }, { ...test, ...rare }, sample));
    expect(manifest.columns.text).toBe('text');
  });

  it.each([
    (r: number) => `Fri Nov 0${1 + (r % 9)} 12:05:${10 + (r % 50)} +0000 2017`,
    (r: number) => `2017-11-0${1 + (r % 9)} 12:05:${10 + (r % 50)}`,
    (r: number) => `Wednesday, ${1 + (r % 28)} March 2016`,
    (r: number) => `Jun ${1 + (r % 28)} 1998`,
  ])('takes no dates for texts: %#', (cell) => {
    const short = { text: words(3), when: cell };
    const { manifest } = inferCompetition(makeTables({ ...train, ...short }, { ...test, ...short }, sample));
    expect(manifest.columns.text).toBe('text');
    const season = { text: words(3), more: (r: number) => `May the ${r} be with you` };
    const both = inferCompetition(makeTables({ ...train, ...season }, { ...test, ...season }, sample));
    expect(both.manifest.columns.text).toBe('more');
  });

  it.each([
    ['rmse', { epochs: 10, batch: 8, maxLength: 32, standardizeTargets: true }, undefined],
    ['rmsle', { epochs: 10, batch: 8, maxLength: 32, standardizeTargets: true, keep: 'last' }, 'clip'],
  ])(
    'standardizes numbers of any scale, and keeps those scored by %s within its range',
    (metric, training, postProcessing) => {
      const { settings, findings } = inferCompetition(
        makeTables({ ...train, y: (r) => 1e6 + r * 250 }, test, sample),
        { task: 'regression', metric },
      );
      expect(settings.training).toEqual(training);
      expect(settings.postProcessing).toBe(postProcessing);
      expect(findings.find(({ what }) => what === 'training')!.value).toMatch(/, standardizeTargets$/);
      expect(findings.some(({ why }) => why.includes('log(1 + target)'))).toBe(metric === 'rmsle');
    },
  );

  it('standardizes nothing where targets are classes', () => {
    expect(inferCompetition(makeTables(train, test, sample)).settings.training).toEqual({
      epochs: 10,
      batch: 8,
      maxLength: 32,
    });
  });

  it('takes the single text of test for that of train, if it has another name', () => {
    const files = makeTables(train, { id: test['id']!, body: words(9, 1) }, sample);
    const { manifest, renamed, findings } = inferCompetition(files);
    expect(manifest.columns.text).toBe('text');
    expect(renamed).toEqual({ from: 'body', to: 'text' });
    expect(findings.find(({ what }) => what === 'text')!.why).toMatch(/; test calls it body$/);
    expect(inferCompetition(makeTables(train, test, sample)).renamed).toBe(undefined);
    const two = makeTables(train, { id: test['id']!, body: words(9, 1), title: words(9, 2) }, sample);
    expect(undecided(two).option).toBe('text');
  });

  it('takes ids from the sample where test has none', () => {
    const { manifest } = inferCompetition(
      makeTables({ text: words(9), y: bit }, { text: words(9, 1) }, { Id: from(1), y: always(0) }),
    );
    expect(manifest.columns.id).toEqual({ sample: 'Id' });
  });

  it('takes a target whose column is in test without a value, but no other such column', () => {
    const blank = { ...test, y: always(''), place: always('') };
    const both = { ...train, place: oneOf('Leeds', '') };
    expect(inferCompetition(makeTables(both, blank, sample)).manifest.columns.target).toBe('y');
    const renamed = makeTables(
      both,
      { ...test, place: always('') },
      { id: sample['id']!, prediction: always(0) },
    );
    expect(inferCompetition(renamed).manifest.columns.target).toBe('y');
  });

  it('takes sample rows in any order, and columns of any name', () => {
    const odd = 'say "hi",\n🎬';
    const tables = makeTables(
      { ...train, [odd]: words(20) },
      { ...test, [odd]: words(20, 1) },
      { y: always(0), id: (r) => `b${19 - r}` },
    );
    const { manifest } = inferCompetition(tables);
    expect(manifest.columns).toEqual({ id: 'id', text: ['text', odd], target: 'y' });
  });

  it.each<[string, Columns[string], string, string | undefined]>([
    ['label', oneOf(0, 1, 2), 'multi-class', 'ordinal'],
    ['stars', oneOf(1, 2, 3, 4, 5), 'ordinal', 'regression'],
    ['y', oneOf(0, 1, 2), 'multi-class', 'ordinal'],
    ['y', oneOf(1, 2, 3, 4), 'ordinal', 'regression'],
    ['y', oneOf(10, 20, 40), 'regression', 'multi-class'],
    ['y', from(5), 'regression', undefined],
    ['y', oneOf(-1, 1), 'binary', undefined],
    ['y', oneOf('b', 'a', 'c'), 'multi-class', undefined],
  ])('guesses the task of %s as it is, and names others that may be meant', (name, cell, task, other) => {
    const { manifest, findings } = inferCompetition(
      makeTables({ id: train['id']!, text: words(9), [name]: cell }, test, {
        id: sample['id']!,
        [name]: always(0),
      }),
    );
    expect(manifest.task).toBe(task);
    expect(findings.find(({ what }) => what === 'task')!.others?.[0]).toBe(other);
  });
});

describe('matchClasses', () => {
  it.each([
    [
      ['x', 'y'],
      ['y', 'x'],
      ['x', 'y'],
    ],
    [
      ['prob_ham', 'prob_spam'],
      ['spam', 'ham'],
      ['ham', 'spam'],
    ],
    [
      ['class_0', 'class_1', 'class_2'],
      ['0', '1', '2'],
      ['0', '1', '2'],
    ],
    [
      ['Very Good', 'BAD'],
      ['bad', 'very_good'],
      ['very_good', 'bad'],
    ],
    [['p_a', 'p_b'], ['a', 'c'], undefined],
    [['a', 'b'], ['a', 'b', 'c'], undefined],
  ])('%j of %j', (columns, classes, expected) => {
    expect(matchClasses(columns, classes)).toEqual(expected);
  });
});

describe('twoClasses', () => {
  it.each([
    [
      ['spam', 'ham'],
      ['ham', 'spam'],
    ],
    [
      ['True', 'False'],
      ['False', 'True'],
    ],
    [
      ['Yes', 'No'],
      ['No', 'Yes'],
    ],
    [
      ['funny', 'not_funny'],
      ['not_funny', 'funny'],
    ],
    [
      ['unfit', 'fit'],
      ['unfit', 'fit'],
    ],
    [
      ['cats', 'dogs'],
      ['cats', 'dogs'],
    ],
  ])('orders %j', (values, expected) => {
    expect(twoClasses([{ values, isNumeric: false }])).toEqual(expected);
  });

  it('orders numbers by value', () => {
    expect(twoClasses([{ values: ['10', '9'], isNumeric: true }])).toEqual(['9', '10']);
  });
});
