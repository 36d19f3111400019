/** Which lengths texts are padded to where every new length has its price: the engine compiles a function for it. */

export interface ShapeLengthsOptions {
  /** Each text's number of tokens, at least 1. */
  lengths: ArrayLike<number>;
  /** Lengths that are compiled already. */
  compiled: ReadonlySet<number>;
  /** What one more length costs, as the number of tokens that run through the model in the same time. */
  price: number;
}

/**
 * The lengths that cost least in all, padding and prices together, ascending; the last one holds the longest text.
 * Exact, by dynamic programming over the distinct lengths of the texts and the compiled ones.
 */
export function shapeLengths({ lengths, compiled, price }: ShapeLengthsOptions): number[] {
  const texts = new Map<number, number>();
  for (const length of compiled) texts.set(length, 0);
  let longest = 0;
  for (const length of Array.from(lengths)) {
    texts.set(length, (texts.get(length) ?? 0) + 1);
    longest = Math.max(longest, length);
  }
  const candidates = [...texts.keys()].sort((a, b) => a - b);
  const upTo = [0];
  for (const length of candidates) upTo.push(upTo.at(-1)! + texts.get(length)!);

  // cost[j]: the least for the texts of the j shortest candidates, where the last of these is chosen.
  const cost = [0];
  const cut = [0];
  for (let j = 1; j <= candidates.length; j++) {
    const length = candidates[j - 1]!;
    cost[j] = Infinity;
    for (let i = 0; i < j; i++) {
      const total = cost[i]! + (upTo[j]! - upTo[i]!) * length + (compiled.has(length) ? 0 : price);
      if (total < cost[j]!) {
        cost[j] = total;
        cut[j] = i;
      }
    }
  }
  // A compiled length above the longest text may serve, too.
  let end = candidates.length;
  for (let j = end - 1; j > 0 && candidates[j - 1]! >= longest; j--) if (cost[j]! <= cost[end]!) end = j;
  const chosen: number[] = [];
  for (; end > 0; end = cut[end]!) chosen.unshift(candidates[end - 1]!);
  return chosen;
}
