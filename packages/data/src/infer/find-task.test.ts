import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, from, makeTables, oneOf, plain, words, type Columns } from '../testing/make-tables.ts';
import { inferCompetition } from './infer-competition.ts';
import { Undecided } from './undecided.ts';

const { train, test, sample } = plain;

describe('inferCompetition: the task', () => {
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
      makeTables({ id: train.id, text: words(9), [name]: cell }, test, {
        id: sample.id,
        [name]: always(0),
      }),
    );
    expect(manifest.task).toBe(task);
    expect(findings.find(({ what }) => what === 'task')!.others?.[0]).toBe(other);
  });
});

describe('inferCompetition: missing values that are written', () => {
  const made = (cell: Columns[string]) =>
    makeTables({ ...train, y: cell }, test, { id: sample.id, y: always(0) });
  const number = (row: number): string => `${row / 4 + 0.125}`;

  it('takes a column with them as it does one with empty cells', () => {
    const values = [number, oneOf(0, 1), oneOf('0.0', '1.0'), oneOf(1, 2, 3, 4)];
    fc.assert(
      fc.property(
        fc.constantFrom(...values),
        fc.array(fc.constantFrom('NaN', 'nan', 'NA', 'null', 'None', '#N/A', 'N/A', '<NA>'), {
          minLength: 1,
        }),
        (value, words) => {
          const written = (word: (row: number) => string) =>
            inferCompetition(made((row) => (row % 7 === 3 ? word(row) : value(row))));
          expect(written((row) => words[row % words.length]!)).toEqual(written(() => ''));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('refuses numbers to people alone, and words among numbers, by row and value', () => {
    for (const odd of ['inf', '-inf', '1,234.5', '45%', '$3', 'cheap', '?'])
      expect(() => inferCompetition(made((row) => (row === 6 ? odd : number(row))))).toThrow(
        `train.csv:8, column "y": expected a number, got "${odd}"\ncorrect these cells`,
      );
  });

  it('asks whether a few words among the numbers of classes are mistakes', () => {
    const tables = made((row) => (row === 6 ? '?' : String(row % 2)));
    expect(() => inferCompetition(tables)).toThrow(Undecided);
    expect(() => inferCompetition(tables)).toThrow(
      'train.csv:8, column "y": expected a number, got "?"\ntrain.csv, column "y": "?" among 2 numbers are mistakes, or classes of their own',
    );
    expect(inferCompetition(tables, { task: 'multi-class' }).manifest.task).toBe('multi-class');
  });

  it('keeps names that look so, and says it', () => {
    const { manifest, findings } = inferCompetition(made(oneOf('NA', 'EU', 'AS')));
    expect(manifest.task).toBe('multi-class');
    expect(findings.find(({ what }) => what === 'task')!.why).toBe(
      '3 names: NA, EU, AS; "NA" is a class: where no value is meant, empty these cells',
    );
  });
});
