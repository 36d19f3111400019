/** Random orders that are the same on every platform. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Which order: another one in each epoch. */
export interface Shuffle {
  seed: number;
  epoch: number;
}

export function shuffleGenerator({ seed, epoch }: Shuffle): RandomGenerator {
  return mersenne(Math.imul(seed, 1_000_003) + epoch);
}

/** Fisher and Yates's shuffle, in place. */
export function permute(items: unknown[], random: RandomGenerator): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = uniformInt(random, 0, i);
    [items[i], items[j]] = [items[j], items[i]];
  }
}
