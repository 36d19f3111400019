import { describe, expect, it } from 'vitest';
import { always, from, makeTables, oneOf, plain, words, type Columns } from '../testing/make-tables.ts';
import { inferCompetition } from './infer-competition.ts';

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
