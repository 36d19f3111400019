/**
 * The best cuts there are, for metrics that are a sum over rows or a ratio of such sums. Classes rise along the line, so
 * the best classes of the first blocks that end in a given class are found from those of one block fewer (dynamic
 * programming, blocks × classes steps). Quadratic kappa is 1 - D / E, where E too is a sum over rows once the truth is
 * known; the least ratio is found by the least D - λE for falling λ (Dinkelbach, Management Science 13, 1967).
 */

/** What it costs to take blocks for a class: [classes][blocks]. */
type Costs = Float64Array[];

/**
 * @param rows of each class in each block: [classes][blocks]
 * @param values what the classes are worth, ascending: [classes]
 * @returns how many blocks are below each cut: [classes - 1]; undefined for metrics that are no such sum
 */
export function exactCuts(
  metric: string,
  rows: readonly Float64Array[],
  values: readonly number[],
): Int32Array | undefined {
  const distance = distances[metric];
  if (distance) return cheapestCuts(costs(rows, values, distance));
  return metric === 'qwk' ? kappaCuts(rows, values) : undefined;
}

const distances: Record<string, (truth: number, taken: number) => number> = {
  accuracy: (truth, taken) => Number(truth !== taken),
  mae: (truth, taken) => Math.abs(truth - taken),
  mse: (truth, taken) => (truth - taken) ** 2,
  rmse: (truth, taken) => (truth - taken) ** 2,
  mcrmse: (truth, taken) => (truth - taken) ** 2,
};

function costs(
  rows: readonly Float64Array[],
  values: readonly number[],
  distance: (truth: number, taken: number) => number,
): Costs {
  return values.map((taken) => {
    const cost = new Float64Array(rows[0]!.length);
    rows.forEach((ofClass, c) => {
      const each = distance(values[c]!, taken);
      ofClass.forEach((weight, block) => (cost[block]! += weight * each));
    });
    return cost;
  });
}

function cheapestCuts(costs: Costs): Int32Array {
  const [classes, blocks] = [costs.length, costs[0]!.length];
  /** The least cost of the blocks so far where the last is taken for a class. */
  const least = new Float64Array(classes);
  /** The class of the block before, where this one is taken for a class: [blocks × classes]. */
  const before = new Uint8Array(blocks * classes);
  for (let block = 0; block < blocks; block++) {
    let best = 0;
    // `least` of lower classes has this block already, so the running least is kept apart.
    let lowest = Infinity;
    for (let c = 0; c < classes; c++) {
      if (least[c]! < lowest) {
        lowest = least[c]!;
        best = c;
      }
      before[block * classes + c] = best;
      least[c] = lowest + costs[c]![block]!;
    }
  }
  let taken = least.indexOf(Math.min(...least));
  const cuts = new Int32Array(classes - 1).fill(0);
  for (let block = blocks - 1; block >= 0; block--) {
    const lower = before[block * classes + taken]!;
    // All cuts between the two classes lie before this block.
    for (let c = lower; c < taken; c++) cuts[c] = block;
    if (block === blocks - 1) for (let c = taken; c < classes - 1; c++) cuts[c] = blocks;
    taken = lower;
  }
  return cuts;
}

function kappaCuts(rows: readonly Float64Array[], values: readonly number[]): Int32Array {
  const weightOf = rows.map((ofClass) => ofClass.reduce((sum, weight) => sum + weight, 0));
  const all = weightOf.reduce((sum, weight) => sum + weight, 0);
  const mean = weightOf.reduce((sum, weight, c) => sum + weight * values[c]!, 0) / all;
  const observed = costs(rows, values, (t, taken) => (t - taken) ** 2);
  // Over pairs of any two rows the mean of (t - taken)² is that of t² + taken² - 2 · mean · taken over rows.
  const expected = costs(rows, values, (t, taken) => t * t + taken * taken - 2 * mean * taken);
  let ratio = 1; // Of one class for all, beside which cuts must be better.
  for (;;) {
    const lambda = ratio;
    const cuts = cheapestCuts(
      observed.map((column, c) => column.map((cost, block) => cost - lambda * expected[c]![block]!)),
    );
    ratio = total(cuts, observed) / total(cuts, expected);
    // Each step lowers the ratio or is the last; rounding must not keep it going.
    if (!(ratio < lambda * (1 - 1e-14))) return cuts;
  }
}

function total(cuts: Int32Array, costs: Costs): number {
  let sum = 0;
  costs.forEach((cost, c) => {
    const [from, to] = [c === 0 ? 0 : cuts[c - 1]!, c === cuts.length ? cost.length : cuts[c]!];
    for (let block = from; block < to; block++) sum += cost[block]!;
  });
  return sum;
}
