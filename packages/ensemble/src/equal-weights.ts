/** Weights of members that count alike. */

/** @returns weights that add up to 1 */
export const equalWeights = (members: number): number[] => new Array<number>(members).fill(1 / members);
