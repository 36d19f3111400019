/**
 * A sketch of a set: two sets have the same value at a place with the probability of their Jaccard similarity. As MinHash
 * (Broder 1997), but hashing most sets once instead of once a place: "Fast Similarity Sketching" (Dahlgaard, Knudsen and
 * Thorup 2017).
 */
import { mix } from './shingles.ts';

/** Values in a sketch. */
export const PLACES = 64;
const PLACE_BITS = 6;

const EMPTY = 0xffffffff;

/**
 * @param hashes the set's members are the first `count`; repeats change nothing
 * @param into gets the sketch: [places]
 */
export function sketch(hashes: Uint32Array, count: number, into: Uint32Array): void {
  into.fill(EMPTY);
  let empty = PLACES;
  // The first round needs no other hash; in later ones, only places that are still empty are filled.
  for (let i = 0; i < count; i++) {
    const hash = hashes[i]!;
    const place = hash >>> (32 - PLACE_BITS);
    const value = hash & VALUE;
    if (into[place] === EMPTY) empty--;
    if (value < into[place]!) into[place] = value;
  }
  for (let round = 1; empty > 0; round++) {
    const isFixed = round >= PLACES;
    filled.set(into);
    for (let i = 0; i < count; i++) {
      const hash = mix(hashes[i]! + Math.imul(round, 0x9e3779b1));
      const place = isFixed ? round - PLACES : hash >>> (32 - PLACE_BITS);
      if (filled[place] !== EMPTY) continue;
      // A bit tells later rounds from the first.
      const value = (hash & VALUE) + VALUE + 1;
      if (into[place] === EMPTY) empty--;
      if (value < into[place]!) into[place] = value;
    }
  }
}

const VALUE = 2 ** (32 - PLACE_BITS) - 1;

/** What a round begins with. */
const filled = new Uint32Array(PLACES);
