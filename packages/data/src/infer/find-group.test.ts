import { describe, expect, it } from 'vitest';
import { makeTables, oneOf, plain, type Columns } from '../testing/make-tables.ts';
import { inferCompetition } from './infer-competition.ts';

const { train, test, sample } = plain;

describe('inferCompetition: groups', () => {
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
    ['', 'u'],
    ['nan', 'u'],
    ['NaN', ''],
  ])('says how many rows are without a group: %j', (none, prefix) => {
    const tables = makeTables(
      { ...train, user_id: (row) => (row % 4 === 0 ? none : `${prefix}${row >> 1}`) },
      { ...test, user_id: (row) => `${prefix}${5000 + row}` },
      sample,
    );
    const count = Math.ceil(tables.train.lines.length / 4);
    const { findings } = inferCompetition(tables, { group: 'user_id' });
    expect(findings.find(({ what }) => what === 'group')!.why).toBe(
      `as given; ${count} rows have none, each a group of its own`,
    );
  });
});
