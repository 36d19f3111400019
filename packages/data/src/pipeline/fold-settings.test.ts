import { describe, expect, it } from 'vitest';
import { countFolds, withKind } from './fold-settings.ts';
import { parsePipeline, type PipelineConfig } from './parse-pipeline.ts';

type Folds = NonNullable<PipelineConfig['folds']>;
const parse = (folds: Folds) => parsePipeline({ name: 'a', folds }, 'p.ts').folds;

describe('the settings of folds', () => {
  it.each<[Folds, number | undefined]>([
    [{}, 5],
    [{ kind: 'stratified', k: 3, repeats: 2 }, 6],
    [{ kind: 'group', inner: 4 }, 20],
    [{ kind: 'multi-label', k: 2, repeats: 3, inner: 2 }, 12],
    [{ kind: 'time-series', time: 'date' }, 5],
    [{ kind: 'hold-out' }, 1],
    [{ kind: 'hold-out', repeats: 3 }, 3],
    [{ kind: 'leave-one-group-out' }, undefined],
    [{ kind: 'column', column: 'fold' }, undefined],
    [{ kind: 'column', column: 'fold', k: 4 }, 4],
  ])('%j make so many folds: %j', (folds, count) => {
    expect(countFolds(parse(folds))).toBe(count);
    expect(parse(parse(folds))).toEqual(parse(folds));
  });

  it('of one kind stay where another kind has them too', () => {
    const before = parse({ kind: 'stratified-group', k: 3, seed: 7, group: 'author', inner: 2 });
    expect(withKind(before, 'group')).toEqual({ ...before, kind: 'group' });
    expect(withKind(before, 'leave-one-group-out')).toEqual({
      kind: 'leave-one-group-out',
      seed: 7,
      group: 'author',
    });
    expect(withKind(before, 'hold-out')).toEqual({ kind: 'hold-out', seed: 7, group: 'author' });
  });

  it.each([
    [
      { gap: 3 },
      'p.ts: folds.gap: expected none for folds of the kind "k-fold"; "time-series" has it, got 3',
    ],
    [{ kind: 'hold-out', k: 5 }, 'p.ts: folds.k: expected none for folds of the kind "hold-out"; '],
    [{ kind: 'time-series' }, 'p.ts: folds.time: expected the name of a column, but it is missing'],
    [{ kind: 'column' }, 'p.ts: folds.column: expected the name of a column, but it is missing'],
    [
      { kind: 'time-series', time: 'd', trainRows: 9 },
      'p.ts: folds.trainRows: expected none without window: "sliding", got 9',
    ],
    [
      { kind: 'time-series', time: 'd', gap: '7 days' },
      'p.ts: folds.gap: expected a number of rows, or a time such as "12h" or "7d", got "7 days"',
    ],
    [
      { group: 'a', kind: 'stratifed' },
      /^p\.ts: folds\.kind: expected one of k-fold, stratified, group, .*; the nearest is "stratified", got "stratifed"$/,
    ],
    [{ kind: 5 }, /^p\.ts: folds\.kind: expected one of k-fold, stratified, group, .*, got 5$/],
    [{ groups: 'a' }, 'p.ts: folds: unknown key "groups"; the nearest known one is "group"'],
  ])('refuses %j', (folds, message) => {
    expect(() => parse(folds as Folds)).toThrow(message);
  });
});
