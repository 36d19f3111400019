import { describe, expect, it } from 'vitest';
import { Batches, layOut } from './batch.ts';

const encodings = [
  { ids: Int32Array.of(5), row: 7 },
  { ids: Int32Array.of(6, 7, 8), row: 4 },
  { ids: Int32Array.of(), row: 4 },
];
const pairs = [
  { ids: Int32Array.of(5), row: 0 },
  { ids: Int32Array.of(6, 7, 8), types: Uint8Array.of(0, 1, 1), row: 1 },
];

describe('layOut, padded', () => {
  it('pads on the right, in the order of the entries, and tells their rows', () => {
    expect(layOut({ entries: Int32Array.of(1, 0, 2), size: 3, length: 3 }, encodings, 9)).toEqual({
      entries: Int32Array.of(1, 0, 2),
      rows: Int32Array.of(4, 7, 4),
      size: 3,
      length: 3,
      ids: Int32Array.of(6, 7, 8, 5, 9, 9, 9, 9, 9),
      mask: Int32Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0),
    });
  });

  it('fills up by copies of the first one', () => {
    const batch = layOut({ entries: Int32Array.of(1, 0), size: 4, length: 3 }, pairs, 9);
    expect(batch.ids).toEqual(Int32Array.of(6, 7, 8, 5, 9, 9, 6, 7, 8, 6, 7, 8));
    expect(batch.mask).toEqual(Int32Array.of(1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1));
    expect(batch.types).toEqual(Int32Array.of(0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1, 1));
    expect(batch.rows).toEqual(Int32Array.of(1, 0));
  });

  it('refuses encodings that do not fit or are not there', () => {
    const plan = (entry: number) => ({ entries: Int32Array.of(entry), size: 1, length: 2 });
    expect(() => layOut(plan(1), encodings, 0)).toThrow(
      '1 encodings, the 1. of 3 tokens after 0 others, do not fit into 1 of 2',
    );
    expect(() => layOut(plan(3), encodings, 0)).toThrow('There is no encoding 3: 3 were given');
  });
});

describe('layOut, packed', () => {
  it('lays encodings one after another, in the order of the entries', () => {
    const plan = { entries: Int32Array.of(1, 2, 0), size: 3, length: 3, total: 6 };
    expect(layOut(plan, encodings, 9)).toEqual({
      ...plan,
      rows: Int32Array.of(4, 4, 7),
      ids: Int32Array.of(6, 7, 8, 5, 9, 9),
      positions: Int32Array.of(0, 1, 2, 0, 0, 0),
      starts: Int32Array.of(0, 3, 3, 4),
      mask: Int32Array.of(1, 1, 1, 0, 0, 0, 1, 0, 0),
    });
  });

  it('fills up by encodings of one token of padding', () => {
    const plan = { entries: Int32Array.of(0), size: 3, length: 2, total: 4 };
    expect(layOut(plan, encodings, 9)).toEqual({
      ...plan,
      rows: Int32Array.of(7),
      ids: Int32Array.of(5, 9, 9, 9),
      positions: Int32Array.of(0, 0, 0, 0),
      starts: Int32Array.of(0, 1, 2, 3),
      mask: Int32Array.of(1, 0, 1, 0, 1, 0),
    });
  });

  it('lays types out as the ids', () => {
    const plan = { entries: Int32Array.of(0, 1), size: 3, length: 3, total: 6 };
    expect(layOut(plan, pairs, 9).types).toEqual(Int32Array.of(0, 0, 1, 1, 0, 0));
  });

  it.each([
    ['one that is too long', [1], { size: 1, length: 2, total: 9 }, '1 encodings, the 1. of 3 tokens after 0 others, do not fit into 1 of 2 and 9 together'],
    ['too many tokens', [0, 1], { size: 2, length: 3, total: 3 }, '2 encodings, the 2. of 3 tokens after 1 others, do not fit into 2 of 3 and 3 together'],
    ['no room to fill up', [1], { size: 2, length: 3, total: 3 }, '1 encodings, the 2. of 1 tokens after 3 others, do not fit into 2 of 3 and 3 together'],
    ['too many', [0, 0], { size: 1, length: 3, total: 9 }, '2 encodings, the 2. of 1 tokens after 1 others, do not fit into 1 of 3 and 9 together'],
  ])('refuses %s', (_, entries, shape, message) => {
    expect(() => layOut({ entries: Int32Array.from(entries), ...shape }, encodings, 0)).toThrow(message);
  }); // prettier-ignore
});

it('Batches lays out each batch when it is asked for', () => {
  const plan = (entry: number) => ({ entries: Int32Array.of(entry), size: 1, length: 2 });
  const batches = new Batches(encodings, [plan(0), plan(1)], 9);
  expect(batches.count).toBe(2);
  expect(batches.at(0).ids).toEqual(Int32Array.of(5, 9));
  expect(() => batches.at(1)).toThrow('do not fit');
  expect(() => batches.at(2)).toThrow('There is no batch 2: there are 2');
  expect([...new Batches(encodings, [plan(0), plan(2)], 9)].map(({ rows }) => [...rows])).toEqual([[7], [4]]);
});
