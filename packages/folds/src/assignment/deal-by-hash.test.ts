import { describe, expect, it } from 'vitest';
import { dealByHash, dealInTurn } from './deal-by-hash.ts';
import { hashTexts } from './hash-texts.ts';

/** Sorts all rows and gives each stratum's first to fold 0, the next to fold 1 and so on. */
function dealSorted(ids: string[], strata: number[], k: number, seed: number): number[] {
  const hashes = hashTexts(ids, seed);
  const order = ids.map((_, row) => row);
  order.sort((a, b) => strata[a]! - strata[b]! || hashes[a]! - hashes[b]! || (ids[a]! < ids[b]! ? -1 : 1));
  const turns = order.map((row, place) => ({ stratum: strata[row]!, fold: place % k }));
  turns.sort((a, b) => a.stratum - b.stratum || a.fold - b.fold);
  const folds = new Array<number>(ids.length);
  order.forEach((row, place) => (folds[row] = turns[place]!.fold));
  return folds;
}

describe('dealByHash', () => {
  it.each([
    ['one stratum', 100_000, () => 2],
    ['five uneven strata', 30_000, (row: number) => Math.floor(Math.sqrt(row % 25)) - 2.5],
    ['more strata than buckets', 150_000, (row: number) => (row * 7919) % 70_001],
  ])('deals rows of %s as if it had sorted them', (_, rows, stratumOf) => {
    const ids = Array.from({ length: rows }, (_, row) => String(row));
    const strata = ids.map((_, row) => stratumOf(row));
    expect([...dealByHash(ids, strata, dealInTurn(7), 0)]).toEqual(dealSorted(ids, strata, 7, 0));
  });

  it('deals without strata as with one', () => {
    const ids = Array.from({ length: 100 }, (_, row) => `x${row}`);
    expect(dealByHash(ids, undefined, dealInTurn(3), 1)).toEqual(
      dealByHash(ids, new Uint8Array(100), dealInTurn(3), 1),
    );
  });
});
