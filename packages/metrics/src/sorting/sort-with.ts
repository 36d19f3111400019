/**
 * Sorts numbers and takes something of each along. Stable. Two times over, numbers are spread evenly between their least
 * and greatest (Knuth, TAOCP 3, 5.2.1, "multiple list insertion"), first into parts that fit a processor's cache, then to
 * where they belong but for a few steps. Numbers that are not spread evenly enough for that are sorted by their bits.
 */
import { radixSort, type Sortable } from './radix-sort.ts';

const PARTS = 2048;
/** The most rows that are sorted as one part: about as many as fit a cache. */
const PART = 1 << 16;
/** Places within a part. */
const PLACES = 4096;
/** How often parts are spread again; numbers that a few far ones hold together need it once. */
const DEPTH = 2;
/** Steps a row, of which two or three are usual. */
const STEPS = 32;

/**
 * @param values finite: [rows]
 * @param payload what goes with each value: [rows]
 * @returns the values from the least to the greatest, and what goes with them; equal ones as they came
 */
export function sortWith(values: Float64Array, payload: Uint32Array): Sortable {
  const rows = values.length;
  const from = { values: values.slice(), payload: payload.slice() };
  const to = { values: new Float64Array(rows), payload: new Uint32Array(rows) };
  if (rows <= PART) {
    sortPart(from, to, 0, rows);
    return to;
  }
  sortRange(from, to, 0, rows, DEPTH);
  return from;
}

/** Sorts the rows from `start` to `end` of `pairs`; `spare` is overwritten there. */
function sortRange(pairs: Sortable, spare: Sortable, start: number, end: number, depth: number): void {
  const starts = spread(pairs, spare, start, end, new Uint32Array(PARTS + 1));
  for (let part = 0; part < PARTS; part++) {
    const [first, last] = [start + starts[part]!, start + starts[part + 1]!];
    if (last - first > PART && depth > 0) {
      sortRange(spare, pairs, first, last, depth - 1);
      pairs.values.set(spare.values.subarray(first, last), first);
      pairs.payload.set(spare.payload.subarray(first, last), first);
    } else sortPart(spare, pairs, first, last);
  }
}

/** Sorts the rows from `start` to `end` of `from` into `to`. */
function sortPart(from: Sortable, to: Sortable, start: number, end: number): void {
  const places = Math.min(PLACES, end - start);
  if (places === 0) return;
  spread(from, to, start, end, new Uint32Array(places + 1));
  if (insert(to, start, end)) return;
  const sorted = radixSort({
    values: to.values.subarray(start, end),
    payload: to.payload.subarray(start, end),
  });
  to.values.set(sorted.values, start);
  to.payload.set(sorted.payload, start);
}

/**
 * Puts rows into as many buckets as `starts` has places but one, evenly between the least and the greatest value.
 *
 * @param starts zeros; returned filled with where each bucket starts, and where the last one ends
 */
function spread(from: Sortable, to: Sortable, start: number, end: number, starts: Uint32Array): Uint32Array {
  const { values, payload } = from;
  let least = values[start]!;
  let greatest = least;
  for (let row = start + 1; row < end; row++) {
    const value = values[row]!;
    if (value < least) least = value;
    else if (value > greatest) greatest = value;
  }
  const buckets = starts.length - 1;
  // Never rises above the last bucket; where the range is too wide or too small for a number, all fall into the first.
  const scale = ((buckets - 1) / (greatest - least)) * (1 - Number.EPSILON);
  for (let row = start; row < end; row++) starts[(((values[row]! - least) * scale) | 0) + 1]!++;
  for (let bucket = 0; bucket < buckets; bucket++) starts[bucket + 1]! += starts[bucket]!;
  const next = starts.slice();
  for (let row = start; row < end; row++) {
    const value = values[row]!;
    const at = start + next[((value - least) * scale) | 0]!++;
    to.values[at] = value;
    to.payload[at] = payload[row]!;
  }
  return starts;
}

/** Sorts by insertion. @returns false where it gave up, for it takes too many steps; the order of equal ones is kept */
function insert({ values, payload }: Sortable, start: number, end: number): boolean {
  let steps = STEPS * (end - start);
  for (let row = start + 1; row < end; row++) {
    const value = values[row]!;
    if (values[row - 1]! <= value) continue;
    const goes = payload[row]!;
    let at = row;
    for (; at > start && values[at - 1]! > value; at--) {
      values[at] = values[at - 1]!;
      payload[at] = payload[at - 1]!;
    }
    values[at] = value;
    payload[at] = goes;
    steps -= row - at;
    if (steps < 0) return false;
  }
  return true;
}

/**
 * In a loop because an iterator takes twenty times as long.
 *
 * @returns 0, 1, 2 and so on: [rows]
 */
export function rowNumbers(rows: number): Uint32Array {
  const result = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) result[row] = row;
  return result;
}
