/**
 * MurmurHash3 of texts, the 32-bit variant for x86 (Appleby 2011), over their UTF-16 code units, the low byte first.
 * Not against attackers: ids only have to fall evenly, and a cryptographic hash of a million takes longer than to split them.
 */

/** @returns the hash of each text: [texts] */
export function hashTexts(texts: readonly string[], seed: number): Uint32Array {
  const hashes = new Uint32Array(texts.length);
  for (let i = 0; i < texts.length; i++) hashes[i] = hashText(texts[i]!, seed);
  return hashes;
}

function hashText(text: string, seed: number): number {
  const units = text.length;
  // Kept to 32 bits throughout: a single number beyond makes the engine compile the loop again, for doubles.
  let hash = seed | 0;
  for (let i = 1; i < units; i += 2) {
    hash ^= scramble(text.charCodeAt(i - 1) | (text.charCodeAt(i) << 16));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  if (units & 1) hash ^= scramble(text.charCodeAt(units - 1));
  hash ^= 2 * units; // The length in bytes.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function scramble(block: number): number {
  const product = Math.imul(block, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}
