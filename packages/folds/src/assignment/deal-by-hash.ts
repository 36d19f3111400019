/**
 * Deals rows to folds: how many rows of a stratum each fold gets is given; which ones, the hashes of their ids say.
 */
import { hashTexts } from './hash-texts.ts';
import { rankValues } from './rank-values.ts';

/** Rows of a stratum whose hashes have the same upper bits share a bucket; so many buckets there are, about. */
const BUCKET_BITS = 14;
const TORN = -1;

/**
 * A row's fold depends on nothing but the seed and the ids of its stratum, so it is the same on every machine and in
 * any row order. Within a stratum, the rows of the lowest hashes go to fold 0, the next to fold 1 and so on; rows of
 * equal hashes are in the order of their ids' character codes.
 *
 * @param ids unique: [rows]
 * @param strata the stratum of each row, any numbers, or undefined where all are of one: [rows]
 * @param sizesOf how many rows of the places `start` to `end - 1` each fold gets, [folds], where the strata take up the
 * places in ascending order
 * @param seed a whole number from 0 to 2³² - 1
 * @returns the fold of each row: [rows]
 */
export function dealByHash(
  ids: readonly string[],
  strata: ArrayLike<number> | undefined,
  sizesOf: (start: number, end: number) => readonly number[],
  seed: number,
): Int32Array {
  const hashes = hashTexts(ids, seed);
  const { ranks, count } = strata ? rankValues(strata) : { ranks: undefined, count: 1 };
  const bits = Math.max(1, BUCKET_BITS - (32 - Math.clz32(count - 1)));
  const buckets = { hashes, ranks, bits };
  const { foldOf, torn } = dealBuckets(countRows(buckets, count), 1 << bits, sizesOf);
  const folds = lookUpFolds(buckets, foldOf);
  for (let row = folds.indexOf(TORN); row >= 0; row = folds.indexOf(TORN, row + 1))
    torn.get(bucketOf(buckets, row))!.rows.push(row);
  const compare = (a: number, b: number): number => hashes[a]! - hashes[b]! || (ids[a]! < ids[b]! ? -1 : 1);
  for (const { rows, takers } of torn.values())
    rows.sort(compare).forEach((row, i) => (folds[row] = takers[i]!));
  return folds;
}

interface Buckets {
  /** [rows] */
  hashes: Uint32Array;
  /** Of the rows' strata; undefined where all are of one: [rows] */
  ranks: Int32Array | undefined;
  /** How many of a hash's bits, the upper ones, tell the buckets of a stratum apart. */
  bits: number;
}

function bucketOf({ hashes, ranks, bits }: Buckets, row: number): number {
  const bucket = hashes[row]! >>> (32 - bits);
  return ranks ? (ranks[row]! << bits) + bucket : bucket;
}

function countRows(buckets: Buckets, strata: number): Int32Array {
  const counts = new Int32Array(strata << buckets.bits);
  for (let row = 0; row < buckets.hashes.length; row++) counts[bucketOf(buckets, row)]!++;
  return counts;
}

function lookUpFolds(buckets: Buckets, foldOf: Int32Array): Int32Array {
  const folds = new Int32Array(buckets.hashes.length);
  for (let row = 0; row < folds.length; row++) folds[row] = foldOf[bucketOf(buckets, row)]!;
  return folds;
}

/**
 * @param counts the rows of each bucket: [strata × buckets]
 * @returns the fold of each bucket's rows or TORN; of torn ones the folds that take its rows in order, and room for those
 */
function dealBuckets(
  counts: Int32Array,
  buckets: number,
  sizesOf: (start: number, end: number) => readonly number[],
): { foldOf: Int32Array; torn: Map<number, { rows: number[]; takers: number[] }> } {
  const foldOf = new Int32Array(counts.length);
  const torn = new Map<number, { rows: number[]; takers: number[] }>();
  let place = 0;
  for (let first = 0; first < counts.length; first += buckets) {
    const stratum = counts.subarray(first, first + buckets);
    const sizes = sizesOf(place, (place += sum(stratum)));
    let [fold, room] = [0, sizes[0]!];
    for (let bucket = first; bucket < first + buckets; bucket++) {
      const rows = counts[bucket]!;
      while (rows > 0 && room === 0) room = sizes[++fold]!;
      if (rows <= room) {
        foldOf[bucket] = fold;
        room -= rows;
        continue;
      }
      const takers = Array.from({ length: rows }, () => {
        while (room === 0) room = sizes[++fold]!;
        room--;
        return fold;
      });
      foldOf[bucket] = TORN;
      torn.set(bucket, { rows: [], takers });
    }
  }
  return { foldOf, torn };
}

function sum(counts: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

/**
 * How many rows each fold gets where they are dealt in turn, like cards.
 *
 * @returns of the places `start` to `end - 1`, dealt by place % k, how many each fold gets: [k]
 */
export function dealInTurn(k: number): (start: number, end: number) => number[] {
  const upTo = (place: number, fold: number): number => Math.ceil((place - fold) / k);
  return (start, end) => Array.from({ length: k }, (_, fold) => upTo(end, fold) - upTo(start, fold));
}
