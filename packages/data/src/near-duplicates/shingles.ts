/**
 * The shingles of a text (Broder 1997): all runs of five of its characters, as hashes. Letters count without case, and
 * all between letters, digits and emojis as one space, so that neither layout nor punctuation makes texts differ.
 */
const LENGTH = 5;
const BASE = 0x9e3779b1;
const BASE_TO_LENGTH = Array.from({ length: LENGTH }).reduce<number>((power) => Math.imul(power, BASE), 1);
const SPACE = 32;

/** The hashes of one text at a time; the arrays are used again for the next one. */
export class Shingles {
  /** The first `count` are the last text's; some may be there twice. */
  hashes = new Uint32Array(1024);
  count = 0;
  /** Of the whole text, 53 bits: equal for texts that differ in case and punctuation alone. */
  textHash = 0;
  private codes = new Uint16Array(1024);

  /** Texts of fewer than five characters have one shingle. */
  of(text: string): this {
    const length = this.normalize(text);
    const { codes, hashes } = this;
    let rolling = 0;
    let low = length;
    let high = 0x5bd1e995;
    this.count = 0;
    for (let i = 0; i < length; i++) {
      const code = codes[i]!;
      rolling = (Math.imul(rolling, BASE) + code) | 0;
      if (i >= LENGTH) rolling = (rolling - Math.imul(codes[i - LENGTH]!, BASE_TO_LENGTH)) | 0;
      if (i >= LENGTH - 1) hashes[this.count++] = mix(rolling);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high, 31) + code;
      high ^= high >>> 15;
    }
    if (this.count === 0) hashes[this.count++] = mix(rolling ^ length);
    this.textHash = (mix(high) & 0x1fffff) * 2 ** 32 + mix(low);
    return this;
  }

  /** The last text's hashes, each once, in order. */
  sorted(): Uint32Array {
    const all = this.hashes.slice(0, this.count).sort();
    let unique = 0;
    for (const hash of all) if (unique === 0 || all[unique - 1] !== hash) all[unique++] = hash;
    return all.subarray(0, unique);
  }

  /** @returns how many of `codes` are the text's */
  private normalize(text: string): number {
    if (text.length + 1 > this.codes.length) {
      this.codes = new Uint16Array(2 * text.length);
      this.hashes = new Uint32Array(2 * text.length);
    }
    const { codes } = this;
    let count = 0;
    let previous = SPACE;
    for (let i = 0; i < text.length; i++) {
      const code = NORMAL[text.charCodeAt(i)]!;
      if (code === SPACE && previous === SPACE) continue;
      codes[count++] = previous = code;
    }
    if (count > 0 && previous === SPACE) count--;
    if (count > 0) return count;
    // A text of nothing but punctuation is taken as it is.
    for (; count < text.length; count++) codes[count] = text.charCodeAt(count);
    return count;
  }
}

/** What each code unit counts as. */
const NORMAL = Uint16Array.from({ length: 0x10000 }, (_, code) => {
  if (code >= 0xd800 && code < 0xe000) return code;
  const lower = String.fromCharCode(code).toLowerCase();
  return /^[\p{L}\p{M}\p{N}]/u.test(lower) ? lower.charCodeAt(0) : SPACE;
});

/** MurmurHash3's last step (Appleby), after which every bit depends on all. */
export function mix(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
