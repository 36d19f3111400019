/** Replaces numbers by their ranks. */
import { lookUp } from './index-values.ts';

/** For lower whole numbers, such as classes, a table does. */
const FEW = 1024;

/** @returns the place of each value among the different values, from the lowest, and how many of those there are */
export function rankValues(values: ArrayLike<number>): { ranks: Int32Array; count: number } {
  const ranks = new Int32Array(values.length);
  const table = new Int32Array(FEW).fill(-1);
  const others = new Map<number, number>();
  const found: number[] = [];
  for (let i = 0; i < ranks.length; i++) {
    const value = values[i]!;
    const isSmall = value >= 0 && value < FEW && Number.isInteger(value);
    let place = isSmall ? table[value]! : (others.get(value) ?? -1);
    if (place < 0) {
      place = found.push(value) - 1;
      if (isSmall) table[value] = place;
      else others.set(value, place);
    }
    ranks[i] = place;
  }
  const rankOf = new Int32Array(found.length);
  const ascending = [...found.keys()].sort((a, b) => found[a]! - found[b]!);
  ascending.forEach((place, rank) => (rankOf[place] = rank));
  return { ranks: lookUp(rankOf, ranks), count: found.length };
}
