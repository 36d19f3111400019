import { describe, expect, it } from 'vitest';
import {
  always,
  bit,
  from,
  makeTables,
  oneOf,
  plain,
  share,
  words,
  type Columns,
} from '../testing/make-tables.ts';
import { inferCompetition } from './infer-competition.ts';
import type { Tables } from './tables.ts';
import { Undecided } from './undecided.ts';

const { train, test, sample } = plain;

describe('inferCompetition: what it is given and what it refuses', () => {
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
      makeTables({ id: train.id, text: words(9), humour: share, wit: share }, test, {
        id: sample.id,
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
      makeTables({ id: train.id, text: words(9) }, test, sample),
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
      'the target "selected_text" of train.csv holds texts, 60 unlike ones in 60 rows: a part of the text, or an answer in words; Foldwise predicts numbers, classes and labels',
    ],
    [
      'one value for all',
      makeTables({ ...train, y: always('x') }, test, sample),
      'the target "y" of train.csv has the same value in all rows: nothing can be learnt from it',
    ],
    [
      'a sample of ids alone',
      makeTables(train, test, { id: sample.id }),
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
      { id: sample.id, prediction: always(0) },
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

  it.each([
    [{ group: 'user' }, '--group: there is no column "user" in train.csv'],
    [{ id: 'nr' }, '--id: there is no column "nr" in test.csv or sample.csv'],
    [{ text: ['body'] }, '--text: there is no column "body" in train.csv'],
    [{ target: ['label'] }, '--target: there is no column "label" in train.csv'],
  ])('refuses %j, which no file has', (given, message) => {
    expect(() => inferCompetition(makeTables(train, test, sample), given)).toThrow(new Error(message));
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
});
