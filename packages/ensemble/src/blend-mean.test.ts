import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blendMean } from './blend-mean.ts';
import type { Member } from './member.ts';

const member = (change: Partial<Member> = {}): Member => ({
  name: 'a',
  foldsHash: 'f'.repeat(64),
  ids: ['1', '2', '3'],
  columns: ['y'],
  predictions: [Float64Array.of(1, 2, 3)],
  targets: [Float64Array.of(0, 0.5, 1)],
  ...change,
});

const reversed = member({
  name: 'b',
  ids: ['3', '2', '1'],
  predictions: [Float64Array.of(30, 20, 10)],
  targets: [Float64Array.of(1, 0.5, 0)],
});

describe('blendMean', () => {
  it('averages by id, in the order of the first', () => {
    expect(blendMean([member(), reversed])).toEqual({
      ids: ['1', '2', '3'],
      columns: ['y'],
      predictions: [Float64Array.of(5.5, 11, 16.5)],
    });
  });

  it('weights: (1 · 1 + 3 · 10) / 4 and so on', () => {
    expect(blendMean([member(), reversed], [1, 3]).predictions).toEqual([Float64Array.of(7.75, 15.5, 23.25)]);
  });

  it('blends every column', () => {
    const two = { columns: ['p', 'q'], targets: undefined };
    const a = member({ ...two, predictions: [Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)] });
    const b = member({ ...two, predictions: [Float64Array.of(3, 2, 1), Float64Array.of(6, 5, 4)] });
    expect(blendMean([a, b]).predictions).toEqual([Float64Array.of(2, 2, 2), Float64Array.of(5, 5, 5)]);
  });

  it('leaves its members as they were', () => {
    const [a, b] = [member(), { ...reversed }];
    blendMean([a, b]);
    expect([a, b]).toEqual([member(), reversed]);
  });

  it('of one member is that member, in any order of the rows of another alike', () => {
    const rows = fc.uniqueArray(fc.tuple(fc.string(), fc.double({ min: -1e9, max: 1e9, noNaN: true })), {
      minLength: 1,
      selector: ([id]) => id,
    });
    const of = (rows: [string, number][]) =>
      member({
        ids: rows.map(([id]) => id),
        predictions: [Float64Array.from(rows, ([, x]) => x)],
        targets: undefined,
      });
    fc.assert(
      fc.property(rows, (rows) => {
        const expected = rows.map(([, x]) => x + 0);
        expect([...blendMean([of(rows)]).predictions[0]!]).toEqual(expected);
        expect([...blendMean([of(rows), of(rows.toReversed())]).predictions[0]!]).toEqual(expected);
      }),
    );
  });

  it.each<[string, Partial<Member>, string]>([
    [
      'other folds',
      { foldsHash: 'e'.repeat(64) },
      'their folds differ (eeeeeeee and ffffffff); train both on the same folds',
    ],
    ['other columns', { columns: ['z'] }, 'it predicts z, the other y'],
    ['another row', { ids: ['1', '2', '4'] }, 'it lacks the row "3"'],
    ['a row too many', { ids: ['1', '2', '4', '3'] }, 'it has 4 rows instead of 3, such as "4"'],
    ['a row twice', { ids: ['1', '2', '2', '3'] }, 'it has 4 rows instead of 3, such as "2"'],
    [
      'other targets',
      { targets: [Float64Array.of(0, 0.25, 1)] },
      'the target of row "2" is 0.25 instead of 0.5',
    ],
    ['no targets', { targets: undefined }, 'they have unlike numbers of target columns'],
  ])('refuses members with %s', (_, change, message) => {
    expect(() => blendMean([member(), member({ ...change, name: 'b' })])).toThrow(
      new Error(`b cannot be blended with a: ${message}`),
    );
  });

  it.each<[string, Member[], number[] | undefined, string]>([
    ['nothing', [], undefined, 'there is nothing to blend: expected one run or more'],
    ['too few weights', [member(), reversed], [1], 'expected a weight for each of 2 runs, got 1'],
    ['a negative weight', [member(), reversed], [2, -1], 'expected weights of 0 or more, got -1'],
    ['an infinite weight', [member()], [Infinity], 'expected weights of 0 or more, got Infinity'],
    ['zero weights', [member()], [0], 'expected a weight above 0, got only zeros'],
    [
      'NaN',
      [member({ predictions: [Float64Array.of(1, NaN, 3)] })],
      undefined,
      'a: the prediction of y for row "2" is NaN; expected a finite number',
    ],
  ])('refuses %s', (_, members, weights, message) => {
    expect(() => blendMean(members, weights)).toThrow(new Error(message));
  });
});
