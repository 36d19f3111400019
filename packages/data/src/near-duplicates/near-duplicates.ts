/**
 * Finds texts that are the same but for little, in millions of rows: candidates by locality-sensitive hashing of sketches
 * (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", ch. 3), each then compared exactly.
 */
import { setImmediate } from 'node:timers/promises';
import { DisjointSets } from './disjoint-sets.ts';
import { mix, Shingles } from './shingles.ts';
import { PLACES, sketch } from './sketch.ts';

export interface NearDuplicatesOptions {
  /** The least Jaccard similarity of two texts' shingles, 0.7 to 1 (default 0.8). */
  threshold?: number;
  /** Hears now and then which share is done. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/**
 * Two texts are compared if all values of one band are equal. Of the pairs at a similarity s, 1 - (1 - s^4)^16 are: 98.8 %
 * at 0.7, 99.98 % at 0.8.
 */
const BANDS = 16;
const BAND = PLACES / BANDS;

/**
 * Candidates are compared exactly only where the sketches' estimate is no more than so many standard errors below the
 * threshold: of pairs at a threshold of 0.7 to 0.95, 1 in 69,000 or fewer is further below. Long texts share so many
 * shingles that most candidates are no near-duplicates.
 */
const STANDARD_ERRORS = 5;

/** Of a band's candidates, a text is compared with no more than so many that are unlike each other. */
const MOST_COMPARED = 64;

const ROWS_AT_ONCE = 5000;

/**
 * Two texts are near-duplicates where the Jaccard similarity of their shingles, runs of five characters as `Shingles` has
 * them, reaches the threshold; and all that are linked by such pairs are a group. Which rows are in a group does not
 * depend on the rows' order.
 *
 * @returns the groups of two rows or more, by their first row; a group's rows ascend. Blank texts are in none
 */
export async function nearDuplicates(
  texts: readonly string[],
  { threshold = 0.8, onProgress, signal }: NearDuplicatesOptions = {},
): Promise<number[][]> {
  if (!(threshold >= 0.7 && threshold <= 1))
    throw new RangeError(`expected a threshold from 0.7 to 1, got ${threshold}`);
  const shingles = new Shingles();
  const pause = async (share: number): Promise<void> => {
    onProgress?.(share);
    await setImmediate();
    signal?.throwIfAborted();
  };

  const { firsts, sameAs } = await distinctTexts(texts, shingles, (share) => pause(0.3 * share));
  const keys = Array.from({ length: BANDS }, () => new Uint32Array(firsts.length));
  const values = new Uint32Array(PLACES);
  const sketches = new Uint8Array(PLACES * firsts.length); // The last bits are enough to tell two values apart.
  for (let t = 0; t < firsts.length; t++) {
    if (t % ROWS_AT_ONCE === 0) await pause(0.3 + (0.4 * t) / firsts.length);
    const { hashes, count } = shingles.of(texts[firsts[t]!]!);
    sketch(hashes, count, values);
    sketches.set(values, PLACES * t);
    for (let band = 0; band < BANDS; band++) keys[band]![t] = bandKey(values, band);
  }

  const sets = new DisjointSets(firsts.length);
  const error = Math.sqrt((threshold * (1 - threshold)) / PLACES);
  const least = Math.floor(PLACES * (threshold - STANDARD_ERRORS * error));
  const areAlike = comparison(texts, firsts, { threshold, shingles });
  const compare = (a: number, b: number): boolean => agreeing(sketches, a, b) >= least && areAlike(a, b);
  for (let band = 0; band < BANDS; band++) {
    await pause(0.7 + (0.3 * band) / BANDS);
    for (const bucket of buckets(keys[band]!)) joinAlike(bucket, sets, compare);
  }
  return groupsOf(sameAs, sets);
}

/**
 * @returns for each distinct text the row that stands for it, and for each row the distinct text's number, or -1 for a
 * blank one. They are numbered by their content's hash, not by their rows
 */
async function distinctTexts(
  texts: readonly string[],
  shingles: Shingles,
  pause: (share: number) => Promise<void>,
): Promise<{ firsts: Uint32Array; sameAs: Int32Array }> {
  const hashes = new Float64Array(texts.length);
  for (let row = 0; row < texts.length; row++) {
    if (row % ROWS_AT_ONCE === 0) await pause(row / texts.length);
    hashes[row] = BLANK.test(texts[row]!) ? -1 : shingles.of(texts[row]!).textHash;
  }
  const order = Uint32Array.from(hashes, (_, row) => row).sort((a, b) => hashes[a]! - hashes[b]! || a - b);
  const firsts: number[] = [];
  const sameAs = new Int32Array(texts.length).fill(-1);
  let last = -1;
  for (const row of order) {
    const hash = hashes[row]!;
    if (hash < 0) continue;
    if (hash !== last) firsts.push(row);
    last = hash;
    sameAs[row] = firsts.length - 1;
  }
  return { firsts: Uint32Array.from(firsts), sameAs };
}

const BLANK = /^\s*$/;

function bandKey(values: Uint32Array, band: number): number {
  let key = band;
  for (let i = band * BAND; i < (band + 1) * BAND; i++) key = mix((Math.imul(key, 31) + values[i]!) | 0);
  return key;
}

/** The members that share a key with others. */
function* buckets(keys: Uint32Array): Generator<Uint32Array> {
  // A double holds a key and, behind it, a member of up to 2 million; of more, keys lose their last bits.
  const members = 2 ** Math.ceil(Math.log2(Math.max(2, keys.length)));
  const kept = Math.max(1, (2 ** 32 * members) / 2 ** 53);
  const sorted = Float64Array.from(keys, (key, member) => Math.floor(key / kept) * members + member).sort();
  for (let start = 0, end; start < sorted.length; start = end) {
    const key = Math.floor(sorted[start]! / members);
    for (end = start + 1; end < sorted.length && Math.floor(sorted[end]! / members) === key;) end++;
    if (end > start + 1)
      yield Uint32Array.from(sorted.subarray(start, end), (value) => value - key * members);
  }
}

function joinAlike(
  bucket: Uint32Array,
  sets: DisjointSets,
  areAlike: (a: number, b: number) => boolean,
): void {
  const unlike: number[] = [];
  for (const member of bucket) {
    let isNew = true;
    for (const other of unlike) {
      if (sets.find(other) === sets.find(member)) isNew = false;
      else if (areAlike(other, member)) {
        sets.join(other, member);
        isNew = false;
      }
    }
    if (isNew && unlike.length < MOST_COMPARED) unlike.push(member);
  }
}

/** Compares distinct texts exactly; the last few are kept, as one is compared with many. */
function comparison(
  texts: readonly string[],
  firsts: Uint32Array,
  { threshold, shingles }: { threshold: number; shingles: Shingles },
): (a: number, b: number) => boolean {
  const kept = new Map<number, Uint32Array>();
  const sorted = (member: number): Uint32Array => {
    let hashes = kept.get(member);
    if (hashes) return hashes;
    hashes = shingles.of(texts[firsts[member]!]!).sorted();
    if (kept.size >= 2 * MOST_COMPARED) kept.clear();
    kept.set(member, hashes);
    return hashes;
  };
  return (a, b) => jaccard(sorted(a), sorted(b)) >= threshold;
}

/** How many values two sketches have in common. */
function agreeing(sketches: Uint8Array, a: number, b: number): number {
  let count = 0;
  for (let i = PLACES * a, j = PLACES * b, end = i + PLACES; i < end; i++, j++)
    if (sketches[i] === sketches[j]) count++;
  return count;
}

function jaccard(a: Uint32Array, b: Uint32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [x, y] = [a[i]!, b[j]!];
    if (x === y) common++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return common / (a.length + b.length - common);
}

function groupsOf(sameAs: Int32Array, sets: DisjointSets): number[][] {
  const groups = new Map<number, number[]>();
  sameAs.forEach((text, row) => {
    if (text < 0) return;
    const root = sets.find(text);
    const group = groups.get(root);
    if (group) group.push(row);
    else groups.set(root, [row]);
  });
  return [...groups.values()].filter((rows) => rows.length > 1);
}
