/** The order in which a row ranks its items. */

/** @returns the indices of the items from the highest score to the lowest, equal ones as they come: [items] */
export function itemOrder(scores: Float64Array): number[] {
  return Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
}
