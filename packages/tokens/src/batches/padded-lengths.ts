/** Chooses the few lengths that texts or batches are padded to: the engine compiles a function for each. */

/**
 * How few: so many `most`; or as many as are worth their `price`, which is how many tokens run through the model in the
 * time that a new length takes, where `known` ones cost nothing.
 */
export type LengthLimit = { most: number } | { price: number; known: readonly number[] };

/**
 * The lengths that cost the fewest tokens in all, padding and prices together, ascending; the last one holds the longest.
 * Exact, by dynamic programming over the distinct lengths and the known ones.
 *
 * @param lengths of what is padded, in tokens: of texts, or of each batch's longest one; 1 or more
 * @returns none for none
 * @throws if `most` is below 1
 */
export function paddedLengths(lengths: readonly number[], limit: LengthLimit): number[] {
  const most = 'most' in limit ? limit.most : undefined;
  if (most !== undefined && !(most >= 1)) throw new Error(`most must be 1 or more, got ${most}`);
  const known = new Set('known' in limit ? limit.known : []);
  const price = 'price' in limit ? limit.price : 0;
  const counts = new Map<number, number>([...known].map((length) => [length, 0]));
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  const candidates = [...counts.keys()].sort((a, b) => a - b);
  const upTo = [0];
  for (const length of candidates) upTo.push(upTo.at(-1)! + counts.get(length)!);

  /** From costs with one length fewer; `into` takes the least, of which the last length is the candidate before j. */
  const addLength = (from: readonly number[], into: number[]): number[] => {
    const cut = Array<number>(candidates.length + 1).fill(0);
    for (let j = 1; j <= candidates.length; j++) {
      const length = candidates[j - 1]!;
      for (let i = 0; i < j; i++) {
        const tokens = from[i]! + (upTo[j]! - upTo[i]!) * length + (known.has(length) ? 0 : price);
        if (tokens < into[j]!) {
          into[j] = tokens;
          cut[j] = i;
        }
      }
    }
    return cut;
  };
  // cost[j]: the fewest tokens for the lengths up to the j shortest candidates.
  const none = () => Array<number>(candidates.length + 1).fill(Infinity);
  let cost = none().with(0, 0);
  const cuts: number[][] = [];
  if (most === undefined) {
    // Costs are taken from where they were just put: with any number of lengths.
    const cut = addLength(cost, cost);
    cuts.push(...candidates.map(() => cut));
  } else
    for (let count = 0; count < Math.min(most, candidates.length); count++) {
      const next = none();
      cuts.push(addLength(cost, next));
      cost = next;
    }

  // A known length above the longest may serve, too.
  const longest = lengths.reduce((longest, length) => Math.max(longest, length), 0);
  let end = candidates.length;
  for (let j = end - 1; j > 0 && candidates[j - 1]! >= longest; j--) if (cost[j]! <= cost[end]!) end = j;
  const chosen: number[] = [];
  for (const cut of cuts.reverse()) {
    if (end === 0) break;
    chosen.unshift(candidates[end - 1]!);
    end = cut[end]!;
  }
  return chosen;
}

/** The first of `padTo`, which ascend, that holds so many tokens. @throws if none does */
export function paddedLength(tokens: number, padTo: readonly number[]): number {
  const length = padTo.find((length) => length >= tokens);
  if (length !== undefined) return length;
  throw new Error(
    `An encoding of ${tokens} tokens is longer than ${padTo.at(-1) ?? 'none'}, the longest to pad to`,
  );
}
