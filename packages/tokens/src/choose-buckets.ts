/** Chooses the lengths that batches are padded to, so that a few compiled functions serve with the least padding. */

/**
 * The at most `count` lengths that pad the given batches by the fewest tokens in all, ascending; the last one is the
 * longest batch. Exact, by dynamic programming over the distinct lengths.
 *
 * @param longest each batch's longest row, in tokens
 * @param count how many lengths at most
 * @throws if there are no batches, or `count` is below 1
 */
export function chooseBuckets(longest: ArrayLike<number>, count: number): number[] {
  if (longest.length === 0 || !(count >= 1))
    throw new Error(
      `Choosing buckets takes batches and a count of 1 or more; got ${longest.length} and ${count}`,
    );
  const batches = new Map<number, number>();
  for (const length of Array.from(longest)) batches.set(length, (batches.get(length) ?? 0) + 1);
  const lengths = [...batches.keys()].sort((a, b) => a - b);
  const upTo = [0];
  for (const length of lengths) upTo.push(upTo.at(-1)! + batches.get(length)!);

  // cost[j]: the fewest tokens for the batches of the j shortest lengths, with the buckets used so far.
  let cost = [0, ...lengths.map(() => Infinity)];
  const cuts: number[][] = [];
  for (let bucket = 0; bucket < Math.min(count, lengths.length); bucket++) {
    const next = Array<number>(lengths.length + 1).fill(Infinity);
    const cut = Array<number>(lengths.length + 1).fill(0);
    for (let j = 1; j <= lengths.length; j++)
      for (let i = 0; i < j; i++) {
        const tokens = cost[i]! + (upTo[j]! - upTo[i]!) * lengths[j - 1]!;
        if (tokens < next[j]!) {
          next[j] = tokens;
          cut[j] = i;
        }
      }
    cost = next;
    cuts.push(cut);
  }
  const buckets: number[] = [];
  let end = lengths.length;
  for (const cut of cuts.reverse()) {
    buckets.unshift(lengths[end - 1]!);
    end = cut[end]!;
  }
  return buckets;
}
