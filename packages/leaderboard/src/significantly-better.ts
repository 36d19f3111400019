/** Counts for each of many groups those that are better by more than noise: all pairs, so without a beta function each. */
import { studentT } from './student-t.ts';

export interface Compared {
  /** Of each fold; lower is better. Empty where they are not known. */
  costs: readonly number[];
  foldsHash: string;
  heldOutRatio: number;
}

/**
 * By the corrected t-test of `correctedTTest`; groups of unlike folds cannot be paired, and count for nothing.
 *
 * @param groups from the best down
 * @returns how many of the groups before each one are significantly better: [groups]
 */
export function significantlyBetter(groups: readonly Compared[], alpha: number): Int32Array {
  const better = new Int32Array(groups.length);
  for (const members of byFolds(groups).values()) {
    const { costs: first, heldOutRatio } = groups[members[0]!]!;
    const folds = first.length;
    if (folds < 2) continue;
    // t > critical, squared and without divisions.
    const critical = studentT.critical(alpha, folds - 1);
    const limit = (critical ** 2 * (1 / folds + heldOutRatio)) / (folds - 1);
    const costs = new Float64Array(members.length * folds);
    members.forEach((group, i) => costs.set(groups[group]!.costs, i * folds));
    const [means, reaches] = spread(costs, folds, limit);
    for (let i = 1; i < members.length; i++) {
      const own = i * folds;
      let count = 0;
      const [center, reach] = [means[i]!, reaches[i]! * SAFELY];
      for (let j = 0; j < i; j++) {
        // By the triangle inequality the differences' root of squares is the sum of both groups' own at most.
        const gap = center - means[j]!;
        if (gap > reach + reaches[j]! * SAFELY) {
          count++;
          continue;
        }
        let sum = 0;
        let squares = 0;
        for (let fold = 0, other = j * folds; fold < folds; fold++) {
          const difference = costs[own + fold]! - costs[other + fold]!;
          sum += difference;
          squares += difference * difference;
        }
        const mean = sum / folds;
        if (mean > 0 && mean * mean > limit * Math.max(0, squares - sum * mean)) count++;
      }
      better[members[i]!] = count;
    }
  }
  return better;
}

/** More than rounding can make of it. */
const SAFELY = 1 + 1e-9;

/** @returns each group's mean, and how far its own differences between folds can reach in a test: [groups] */
function spread(costs: Float64Array, folds: number, limit: number): [Float64Array, Float64Array] {
  const groups = costs.length / folds;
  const [means, reaches] = [new Float64Array(groups), new Float64Array(groups)];
  for (let group = 0; group < groups; group++) {
    const own = costs.subarray(group * folds, (group + 1) * folds);
    const center = own.reduce((sum, cost) => sum + cost, 0) / folds;
    means[group] = center;
    reaches[group] = Math.sqrt(limit * own.reduce((sum, cost) => sum + (cost - center) ** 2, 0));
  }
  return [means, reaches];
}

function byFolds(groups: readonly Compared[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  groups.forEach(({ foldsHash, costs }, group) => {
    const key = `${foldsHash} ${costs.length}`;
    const members = found.get(key);
    if (members) members.push(group);
    else found.set(key, [group]);
  });
  return found;
}
