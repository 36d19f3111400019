/** Folds of a time series: each holds out rows that are later than all that it trains on. */
import type { FoldSettings } from '@foldwise/data';
import { checkFold } from '../split/check-fold.ts';
import { orderRoughly } from '../assignment/order-roughly.ts';
import type { Split } from '../split/split.ts';
import { parseGap, parseTimes } from './parse-times.ts';
import type { Splitter } from './splitter.ts';

export type TimeSeriesSettings = Pick<FoldSettings, 'window' | 'trainRows' | 'validRows' | 'gap'> & {
  k: number;
};

/**
 * The last k blocks of equal size are held out one after the other, as scikit-learn's TimeSeriesSplit does; but rows of
 * the same time are never torn apart: a block begins at the first row of its time, a gap of rows grows, and so does a
 * sliding window.
 *
 * @param times of each row, in any unit for a gap in rows, in milliseconds for one in time: [rows]
 * @throws Error where a fold would have no rows to train on or to hold out
 */
export function timeSeries(times: Float64Array, settings: TimeSeriesSettings): Split {
  const total = times.length;
  const { k, window = 'expanding', validRows = Math.floor(total / (k + 1)) } = settings;
  const gap = parseGap(settings.gap ?? 0);
  if (k * validRows >= total || validRows < 1)
    throw new Error(
      `${total} rows cannot be split into ${k} folds of a time series, which begin with rows to train on only: lower ` +
        (settings.validRows === undefined ? 'folds.k' : `folds.k (${k}) or folds.validRows (${validRows})`),
    );
  const firsts = Array.from({ length: k }, (_, fold) => total - (k - fold) * validRows);
  const { rows, at, countBelow } = orderRoughly(times);
  /** The time of the row at a place of their order; before all and after all at its ends. */
  const timeAt = (place: number): number => (place <= 0 ? -Infinity : place >= total ? Infinity : at(place));
  const folds = firsts.map((first, fold) => {
    const valid = { from: timeAt(first), to: timeAt(first + validRows) };
    const start = countBelow(valid.from);
    const trainTo = gap.unit === 'rows' ? timeAt(start - gap.size) : valid.from - gap.size;
    const [validCount, trainEnd] = [countBelow(valid.to) - start, countBelow(trainTo)];
    if (validCount < 1 || trainEnd < 1)
      throw new Error(
        `fold ${fold} of the time series has ${trainEnd} rows to train on and ${validCount} to hold out ` +
          `(${total} rows, ${new Set(times).size} different times): lower folds.k, folds.validRows or folds.gap`,
      );
    return { valid, trainTo, trainEnd };
  });
  const most = window === 'sliding' ? (settings.trainRows ?? folds[0]!.trainEnd) : total;
  const stretches = folds.map(({ valid, trainTo, trainEnd }) => ({
    train: { from: timeAt(trainEnd - most), to: trainTo },
    valid,
  }));
  /** Rows between the same two of these times, an interval, are on the same side of every fold. */
  const cuts = Float64Array.from(
    new Set(stretches.flatMap(({ train, valid }) => [train.from, train.to, valid.from, valid.to])),
  ).sort();
  /** Where each interval starts among the rows, and where the last one ends; numbered by the cuts before them. */
  const starts = [0, ...Array.from(cuts, countBelow), total];
  const among = ({ from, to }: Stretch): Intervals => ({
    first: cuts.indexOf(from) + 1,
    last: cuts.indexOf(to),
  });
  const parts = stretches.map(({ train, valid }) => ({ train: among(train), valid: among(valid) }));
  const within = ({ first, last }: Intervals): Int32Array => rows.subarray(starts[first], starts[last + 1]);
  return {
    count: k,
    names: parts.map((_, fold) => String(fold)),
    get codes() {
      const [heldOut, intervals] = [new Int32Array(total).fill(-1), new Int32Array(total)];
      parts.forEach(({ valid }, fold) => {
        for (const row of within(valid)) heldOut[row] = fold;
      });
      for (let interval = 0; interval <= cuts.length; interval++)
        for (const row of within({ first: interval, last: interval })) intervals[row] = interval;
      return [
        { name: 'fold', values: heldOut },
        { name: 'interval', values: intervals },
      ];
    },
    rule: JSON.stringify(['time-series', parts.map(({ train }) => [train.first, train.last])]),
    rows: (fold) => {
      checkFold(fold, k);
      const { train, valid } = parts[fold]!;
      return { train: within(train), valid: within(valid) };
    },
  };
}

/** The times from one on and before another. */
interface Stretch {
  from: number;
  to: number;
}

/** From one interval to another. */
interface Intervals {
  first: number;
  last: number;
}

export const overTime: Splitter = ({ column, ids }, settings) => {
  const { time, gap, k } = settings;
  const { times, areDates } = parseTimes(column(time!), time!, ids);
  if (typeof gap === 'string' && !areDates)
    throw new Error(
      `folds.gap is the time "${gap}", but the column "${time}" has numbers: expected a number of rows`,
    );
  return timeSeries(times, { ...settings, k: k! });
};
