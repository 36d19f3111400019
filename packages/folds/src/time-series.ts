/** Folds of a time series: each holds out rows that are later than all that it trains on. */
import type { FoldSettings } from '@foldwise/data';
import { checkFold } from './check-fold.ts';
import { orderBy } from './order-by.ts';
import { parseGap } from './parse-gap.ts';
import { allRows, shuffledOrder } from './shuffled-order.ts';
import type { Split } from './split.ts';

export type TimeSeriesSettings = Pick<FoldSettings, 'window' | 'trainRows' | 'validRows' | 'gap' | 'seed'> & {
  k: number;
};

/**
 * The last k blocks of equal size are held out one after the other, as scikit-learn's TimeSeriesSplit does; but rows of
 * the same time are never torn apart: a block begins at the first row of its time.
 *
 * @param ids unique row ids: [rows]
 * @param times of each row, in any unit for a gap in rows, in milliseconds for one in time: [rows]
 * @throws Error where a fold would have no rows to train on or to hold out
 */
export function timeSeries(ids: readonly string[], times: Float64Array, settings: TimeSeriesSettings): Split {
  const { k, window = 'expanding', seed, validRows = Math.floor(ids.length / (k + 1)) } = settings;
  const gap = parseGap(settings.gap ?? 0);
  const total = ids.length;
  if (k * validRows >= total || validRows < 1)
    throw new Error(
      `${total} rows cannot be split into ${k} folds of a time series, which begin with rows to train on only: lower ` +
        (settings.validRows === undefined ? 'folds.k' : `folds.k (${k}) or folds.validRows (${validRows})`),
    );
  const order = orderByTime(ids, times, seed);
  const startOfTime = (position: number): number => {
    let start = position;
    while (start > 0 && start < total && times[order[start - 1]!] === times[order[position]!]) start--;
    return start;
  };
  const blocks = Array.from({ length: k }, (_, fold) => {
    const first = total - (k - fold) * validRows;
    return { start: startOfTime(first), end: startOfTime(first + validRows) };
  });
  const trainEnds = blocks.map(({ start }) => {
    if (gap.unit === 'rows') return Math.max(0, start - gap.size);
    const latest = times[order[start]!]! - gap.size;
    let end = start;
    while (end > 0 && times[order[end - 1]!]! >= latest) end--;
    return end;
  });
  blocks.forEach(({ start, end }, fold) => {
    if (start >= end || trainEnds[fold]! < 1)
      throw new Error(
        `fold ${fold} of the time series has ${trainEnds[fold]} rows to train on and ${Math.max(0, end - start)} to hold out ` +
          `(${total} rows, ${new Set(times).size} different times): lower folds.k, folds.validRows or folds.gap`,
      );
  });
  const most = window === 'sliding' ? (settings.trainRows ?? trainEnds[0]!) : total;
  const trainStarts = trainEnds.map((end) => Math.max(0, end - most));

  const position = new Int32Array(total);
  for (let i = 0; i < total; i++) position[order[i]!] = i;
  const heldOut = (): Int32Array => {
    const folds = new Int32Array(total).fill(-1);
    blocks.forEach(({ start, end }, fold) =>
      order.subarray(start, end).forEach((row) => (folds[row] = fold)),
    );
    return folds;
  };
  return {
    count: k,
    names: blocks.map((_, fold) => String(fold)),
    get codes() {
      return [
        { name: 'fold', values: heldOut() },
        { name: 'position', values: position },
      ];
    },
    rule: JSON.stringify(['time-series', trainStarts, trainEnds]),
    rows: (fold) => {
      checkFold(fold, k);
      const { start, end } = blocks[fold]!;
      return {
        train: rowsBetween(position, trainStarts[fold]!, trainEnds[fold]!),
        valid: rowsBetween(position, start, end),
      };
    },
  };
}

/** The rows at the places from `start` to `end - 1`, ascending. */
function rowsBetween(position: Int32Array, start: number, end: number): Int32Array {
  const rows = new Int32Array(end - start);
  for (let row = 0, found = 0; found < rows.length; row++) {
    const place = position[row]!;
    rows[found] = row;
    // 1 where neither difference is below zero: the processor would guess wrong half of the time.
    found += ~((place - start) | (end - 1 - place)) >>> 31;
  }
  return rows;
}

/** Rows of equal times are shuffled. */
function orderByTime(ids: readonly string[], times: Float64Array, seed: number): Int32Array {
  const order = orderBy(allRows(ids.length), times);
  for (let i = 1; i < order.length; i++)
    if (times[order[i]!] === times[order[i - 1]!]) return orderBy(shuffledOrder(ids, seed), times);
  return order;
}
