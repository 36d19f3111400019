/**
 * Cuts for any metric of classes, by moving one at a time while the score rises (coordinate ascent), from the best of
 * several starts: the cuts that are exact for kappa and for accuracy, and those that give every class the share of the
 * rows that it has in the truth. Nothing is random.
 */
import { exactCuts } from './exact-cuts.ts';
import { isBetter } from '../is-better.ts';
import type { Metric } from '../../metric.ts';
import { tableScore } from '../table-score.ts';

/** Places of one cut that are tried at once, evenly spread; then those around the best of them, and so on. */
const PLACES = 32;
const ROUNDS = 20;

/** @param rows and values as in `exactCuts`, which says what is returned, too */
export function climbCuts(
  metric: Metric,
  rows: readonly Float64Array[],
  values: readonly number[],
): Int32Array {
  const blocks = rows[0]!.length;
  const score = cutsScore(metric, rows, values);
  const starts = [
    exactCuts('qwk', rows, values)!,
    exactCuts('accuracy', rows, values)!,
    sharesAsInTruth(rows),
  ];
  let cuts = starts[0]!;
  let best = NaN;
  const take = (candidate: Int32Array): boolean => {
    const value = score(candidate);
    if (!isBetter(metric, value, best)) return false;
    best = value;
    cuts = candidate;
    return true;
  };
  starts.forEach(take);

  for (let round = 0, rising = true; rising && round < ROUNDS; round++) {
    rising = false;
    for (let c = 0; c < cuts.length; c++) {
      let [from, to] = [0, blocks];
      for (let spacing = Infinity; spacing > 1;) {
        spacing = Math.max(1, (to - from) / PLACES);
        for (let place = from; place <= to; place += spacing)
          if (take(moved(cuts, c, Math.round(place)))) rising = true;
        [from, to] = [Math.max(from, cuts[c]! - spacing), Math.min(to, cuts[c]! + spacing)];
      }
    }
  }
  return cuts;
}

/** One cut is put elsewhere; those in its way go with it. */
const moved = (cuts: Int32Array, moving: number, place: number): Int32Array =>
  cuts.map((cut, c) => (c < moving ? Math.min(cut, place) : c > moving ? Math.max(cut, place) : place));

/** The score of cuts, from how many rows of each class are below each place. */
function cutsScore(
  metric: Metric,
  rows: readonly Float64Array[],
  values: readonly number[],
): (cuts: Int32Array) => number {
  const ofTable = tableScore(metric, values);
  const below = rows.map((ofClass) => {
    const sums = new Float64Array(ofClass.length + 1);
    ofClass.forEach((weight, block) => (sums[block + 1] = sums[block]! + weight));
    return sums;
  });
  const table = new Float64Array(values.length ** 2);
  return (cuts) => {
    below.forEach((sums, c) => {
      for (let taken = 0; taken < values.length; taken++) {
        const [from, to] = [cuts[taken - 1] ?? 0, cuts[taken] ?? sums.length - 1];
        table[c * values.length + taken] = sums[to]! - sums[from]!;
      }
    });
    return ofTable(table);
  };
}

function sharesAsInTruth(rows: readonly Float64Array[]): Int32Array {
  const sum = (values: Iterable<number>): number =>
    Array.from(values).reduce((total, value) => total + value, 0);
  const ofBlock = Float64Array.from(rows[0]!, (_, block) => sum(rows.map((ofClass) => ofClass[block]!)));
  const cuts = new Int32Array(rows.length - 1);
  let [block, weight, wanted] = [0, 0, 0];
  for (let c = 0; c < cuts.length; c++) {
    wanted += sum(rows[c]!);
    // A block belongs to the class that half of it falls to.
    while (block < ofBlock.length && weight + ofBlock[block]! / 2 <= wanted) weight += ofBlock[block++]!;
    cuts[c] = block;
  }
  return cuts;
}
