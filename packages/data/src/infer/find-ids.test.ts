import { describe, expect, it } from 'vitest';
import { always, bit, from, makeTables, oneOf, plain, words, type Columns } from '../testing/make-tables.ts';
import { inferCompetition } from './infer-competition.ts';

const { train, test, sample } = plain;

describe('inferCompetition: ids', () => {
  it.each<[string, Columns, string]>([
    [
      'lists of other names',
      { id: sample.id, prediction: always('b:1 a:2') },
      'sample.csv, column "prediction": holds lists of labels, such as "b:1 a:2"; Foldwise writes one value, or a column for each label',
    ],
    [
      'lists of numbers',
      { id: sample.id, prediction: oneOf('', '2 30', '7') },
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

  it('takes a sample of fewer rows than test has', () => {
    const tables = { ...makeTables(train, test, sample), sample: makeTables(train, test, sample, 9).sample };
    const { manifest, findings } = inferCompetition(tables);
    expect(manifest.columns.id).toBe('id');
    expect(findings[0]!.why).toBe(
      'the ids of test and sample are the same, but for 17 that the sample lacks; unique in train, too',
    );
  });

  it('numbers train rows whose ids test uses anew', () => {
    const same = { ...train, id: from(0) };
    const { manifest, findings } = inferCompetition(
      makeTables(same, { ...test, id: from(0) }, { ...sample, id: from(0) }),
    );
    expect(manifest.columns.id).toEqual({ test: 'id', sample: 'id' });
    expect(findings[0]!.why).toContain('train counts its rows by the same ids anew');
  });

  it('takes ids from the sample where test has none', () => {
    const { manifest } = inferCompetition(
      makeTables({ text: words(9), y: bit }, { text: words(9, 1) }, { Id: from(1), y: always(0) }),
    );
    expect(manifest.columns.id).toEqual({ sample: 'Id' });
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
});
