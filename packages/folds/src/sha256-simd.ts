/**
 * SHA-256 (FIPS 180-4) of many short texts, four at a time: a WebAssembly module of 128-bit vectors, written here
 * instruction by instruction. Node's own `hash` takes 2 µs a text, most of it on the way into C++; this a fifth of that.
 */

/** Node has it, but its types do not. */
declare const WebAssembly: {
  validate: (bytes: Uint8Array) => boolean;
  Memory: new (size: { initial: number }) => { buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
};

/** Texts a call; their blocks stay in the processor's cache. */
const CHUNK = 1024;
/** A text, the bit after it and its length fit into one block of 64 bytes. */
const MOST_BYTES = 55;

const [XOR, AND, OR, ADD, SHL, SHR] = [0x51, 0x4e, 0x50, 0xae, 0xab, 0xad].map(simd) as [
  number[],
  number[],
  number[],
  number[],
  number[],
  number[],
];
const ROUND_BYTES = 16 * 16;

/**
 * @param prefix comes before each text
 * @returns the first 64 bits of each text's digest, in two words: [texts]; undefined where a text has a character
 * beyond ASCII or is too long for one block, and where the processor has no 128-bit vectors
 */
export function sha256Simd(
  prefix: string,
  texts: readonly string[],
): { high: Uint32Array; low: Uint32Array } | undefined {
  module ??= compile();
  if (module === undefined) return undefined;
  const { digest, blocks, digests } = module;
  const high = new Uint32Array(texts.length);
  const low = new Uint32Array(texts.length);
  for (let from = 0; from < texts.length; from += CHUNK) {
    const count = Math.min(CHUNK, texts.length - from);
    if (!fill(blocks, prefix, texts, from, count)) return undefined;
    digest(Math.ceil(count / 4), blocks.byteOffset, digests.byteOffset);
    for (let i = 0; i < count; i++) {
      const place = ((i >> 2) << 3) + (i & 3);
      high[from + i] = digests[place]!;
      low[from + i] = digests[place + 4]!;
    }
  }
  return { high, low };
}

/** Writes padded blocks, word by word for four texts at a time. */
function fill(
  blocks: Uint32Array,
  prefix: string,
  texts: readonly string[],
  from: number,
  count: number,
): boolean {
  blocks.fill(0);
  for (let i = 0; i < count; i++) {
    const text = texts[from + i]!;
    const bytes = prefix.length + text.length;
    if (bytes > MOST_BYTES) return false;
    const start = ((i >> 2) << 6) + (i & 3);
    let place = start;
    let word = 0;
    for (let b = 0; b < bytes; b++) {
      const code = b < prefix.length ? prefix.charCodeAt(b) : text.charCodeAt(b - prefix.length);
      if (code > 0x7f) return false;
      word = (word << 8) | code;
      if ((b & 3) !== 3) continue;
      blocks[place] = word;
      place += 4;
      word = 0;
    }
    blocks[place] = ((word << 8) | 0x80) << (24 - 8 * (bytes & 3));
    blocks[start + 15 * 4] = 8 * bytes;
  }
  return true;
}

interface Digester {
  /** Of so many blocks of four texts, from one address to another. */
  digest: (blocks: number, from: number, to: number) => void;
  blocks: Uint32Array;
  digests: Uint32Array;
}
let module: Digester | undefined;

function compile(): Digester | undefined {
  const bytes = assemble();
  if (!WebAssembly.validate(bytes)) return undefined;
  const memory = new WebAssembly.Memory({ initial: 2 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { node: { memory } });
  const roundConstants = new Uint32Array(memory.buffer, 0, 64 * 4);
  rootsOfPrimes(Math.cbrt, 64).forEach((word, round) => roundConstants.fill(word, round * 4, round * 4 + 4));
  const blocks = new Uint32Array(memory.buffer, 64 * 16, CHUNK * 16);
  const digests = new Uint32Array(memory.buffer, 64 * 16 + blocks.byteLength, CHUNK * 2);
  return { digest: instance.exports['digest'] as Digester['digest'], blocks, digests };
}

/** One function: (blocks, from, to). Its locals are these, a round's address, eight of state, 16 words and a sum. */
function assemble(): Uint8Array<ArrayBuffer> {
  const [blocks, from, to, round] = [0, 1, 2, 3];
  const state = (i: number): number => 4 + i;
  const word = (i: number): number => 12 + (i & 15);
  const sum = 28;
  const first = rootsOfPrimes(Math.sqrt, 8);
  const sixteenRounds = (isScheduled: boolean): number[] => {
    const code: number[] = [];
    for (let t = 0; t < 16; t++) {
      // Instead of moving the state from place to place, the places change their names.
      const [a, b, c, d, e, f, g, h] = Array.from({ length: 8 }, (_, i) => state((i - t) & 7)) as [
        number, number, number, number, number, number, number, number]; // prettier-ignore
      const [w, after1, after9, after14] = [word(t), word(t + 1), word(t + 9), word(t + 14)];
      if (isScheduled)
        code.push(
          ...get(w), ...rotated(after1, 7), ...rotated(after1, 18), ...XOR, ...shifted(after1, 3), ...XOR, ...ADD,
          ...get(after9), ...ADD, ...rotated(after14, 17), ...rotated(after14, 19), ...XOR, ...shifted(after14, 10),
          ...XOR, ...ADD, ...set(w)); // prettier-ignore
      const choice = [...get(f), ...get(g), ...XOR, ...get(e), ...AND, ...get(g), ...XOR];
      const majority = [
        ...get(a),
        ...get(b),
        ...XOR,
        ...get(c),
        ...AND,
        ...get(a),
        ...get(b),
        ...AND,
        ...XOR,
      ];
      code.push(
        ...get(h), ...rotated(e, 6), ...rotated(e, 11), ...XOR, ...rotated(e, 25), ...XOR, ...ADD, ...choice, ...ADD,
        ...get(round), ...load(16 * t), ...ADD, ...get(w), ...ADD, ...tee(sum), ...get(d), ...ADD, ...set(d),
        ...get(sum), ...rotated(a, 2), ...rotated(a, 13), ...XOR, ...rotated(a, 22), ...XOR, ...ADD, ...majority,
        ...ADD, ...set(h)); // prettier-ignore
    }
    return code;
  };
  const store = (i: number): number[] => [
    ...get(to),
    ...get(state(i)),
    ...splat(first[i]!),
    ...ADD,
    ...simd(0x0b),
    4,
    16 * i,
  ];
  const body = [
    ...[2, 1, 0x7f, 25, 0x7b], // Further locals: one i32, 25 vectors.
    ...[0x03, 0x40], // loop
    ...Array.from({ length: 16 }, (_, i) => [...get(from), ...load(16 * i), ...set(word(i))]).flat(),
    ...Array.from({ length: 8 }, (_, i) => [...splat(first[i]!), ...set(state(i))]).flat(),
    ...[...integer(0), ...set(round), ...sixteenRounds(false)],
    ...[0x03, 0x40, ...get(round), ...integer(ROUND_BYTES), 0x6a, ...set(round), ...sixteenRounds(true)],
    ...[...get(round), ...integer(3 * ROUND_BYTES), 0x49, 0x0d, 0, 0x0b], // Again while round < 48.
    ...[...store(0), ...store(1)],
    ...[...get(from), ...integer(256), 0x6a, ...set(from), ...get(to), ...integer(32), 0x6a, ...set(to)],
    ...[...get(blocks), ...integer(1), 0x6b, ...tee(blocks), 0x0d, 0, 0x0b], // Again while there are blocks.
    0x0b,
  ];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, 0x7f, 0x7f, 0x7f, 0]),
    ...section(2, [1, ...name('node'), ...name('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('digest'), 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

/** The first 32 bits of the fractional parts of the first primes' roots. */
function rootsOfPrimes(root: (prime: number) => number, count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime > 0)) primes.push(n);
  return primes.map((prime) => Math.floor((root(prime) % 1) * 2 ** 32));
}

function simd(code: number): number[] {
  return [0xfd, ...unsigned(code)];
}
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
const integer = (value: number): number[] => [0x41, ...signed(value)];
const splat = (value: number): number[] => [...integer(value | 0), ...simd(0x11)];
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const tee = (local: number): number[] => [0x22, local];
const load = (offset: number): number[] => [...simd(0), 4, ...unsigned(offset)];
const shifted = (local: number, by: number): number[] => [...get(local), ...integer(by), ...SHR];
const rotated = (local: number, by: number): number[] => [
  ...shifted(local, by),
  ...get(local),
  ...integer(32 - by),
  ...SHL,
  ...OR,
];
const section = (id: number, bytes: number[]): number[] => [id, ...unsigned(bytes.length), ...bytes];
const name = (text: string): number[] => [text.length, ...Buffer.from(text)];
