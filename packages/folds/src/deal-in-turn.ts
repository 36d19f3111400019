/** How many of consecutive rows each fold gets where rows are dealt in turn, like cards. */

/** @returns of the places `start` to `end - 1`, dealt by place % k, how many each fold gets: [k] */
export function dealInTurn(k: number): (start: number, end: number) => number[] {
  const upTo = (place: number, fold: number): number => Math.ceil((place - fold) / k);
  return (start, end) => Array.from({ length: k }, (_, fold) => upTo(end, fold) - upTo(start, fold));
}
