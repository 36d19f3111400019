/** Writes numbers as unsigned words of 32 bits in the same order, for a radix sort. */

export interface SortableWord {
  /** [values] */
  words: Uint32Array;
  /** How many of the 32 bits, the lowest, tell values apart. */
  bits: number;
}

/**
 * @param values numbers, none of them NaN: [values]
 * @returns words, the least significant first; as few as the numbers need: none where all are equal
 */
export function sortableWords(values: ArrayLike<number>): SortableWord[] {
  let [least, most, areWhole] = [Infinity, -Infinity, true];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
    areWhole &&= Number.isSafeInteger(value);
  }
  const range = most - least;
  return areWhole && Number.isSafeInteger(range)
    ? wordsOfWhole(values, least, range)
    : wordsOfDoubles(values);
}

function wordsOfWhole(values: ArrayLike<number>, least: number, range: number): SortableWord[] {
  const low = new Uint32Array(values.length);
  // Storing takes the remainder by 2³².
  for (let i = 0; i < values.length; i++) low[i] = values[i]! - least;
  if (range < 2 ** 32) return range > 0 ? [{ words: low, bits: 32 - Math.clz32(range) }] : [];
  const high = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) high[i] = Math.floor((values[i]! - least) / 2 ** 32);
  return [
    { words: low, bits: 32 },
    { words: high, bits: 32 - Math.clz32(range / 2 ** 32) },
  ];
}

/** The bits of the doubles, those of negative ones all turned, of others the sign alone. */
function wordsOfDoubles(values: ArrayLike<number>): SortableWord[] {
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  const [lower, upper] = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? [0, 1] : [1, 0];
  for (let i = 0; i < values.length; i++) {
    double[0] = values[i]! + 0; // -0 becomes 0.
    const turned = words[upper]! >>> 31 ? 0xffffffff : 0;
    low[i] = words[lower]! ^ turned;
    high[i] = words[upper]! ^ (turned | 0x80000000);
  }
  return [
    { words: low, bits: 32 },
    { words: high, bits: 32 },
  ];
}
