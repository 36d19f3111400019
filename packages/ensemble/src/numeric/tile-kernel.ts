/**
 * Eight inner products at once in WebAssembly's vector instructions, which JavaScript cannot say: two vectors by four, two
 * numbers each step, so that each number that is read takes part in several products. Assembled here, instruction by
 * instruction (WebAssembly Core Specification 2.0, chapter 5).
 */

/** Node has it, and its types do not. */
declare const WebAssembly: {
  Memory: new (pages: { initial: number }) => { buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: object };
};

/** Numbers of each vector that are in the memory at a time: a hundred vectors stay in the processor's cache. */
export const BLOCK = 512;

export interface TileKernel {
  /** The memory: the products of a call first, sixteen sums of every second number, then the vectors, BLOCK apart. */
  numbers: Float64Array;
  /** Where the vector is in `numbers`. */
  at: (vector: number) => number;
  /** Leaves the products of vectors i and i + 1 with j to j + 3 in `numbers`: of i with j in 0 and 1, and so on. */
  multiply: (i: number, j: number) => void;
}

const RESULTS = 16;
const STRIDE = BLOCK * 8;

/** @param vectors how many: a multiple of four */
export function tileKernel(vectors: number): TileKernel {
  const bytes = 8 * RESULTS + vectors * STRIDE;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65536) });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes()), { m: { m: memory } });
  const { f } = instance.exports as { f: (a: number, p: number, end: number) => void };
  const address = (vector: number): number => 8 * RESULTS + vector * STRIDE;
  return {
    numbers: new Float64Array(memory.buffer),
    at: (vector) => RESULTS + vector * BLOCK,
    multiply: (i, j) => f(address(i), address(j), address(i) + STRIDE),
  };
}

const vector = (...code: number[]): number[] => [0xfd, ...code];
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const load = (offset: number): number[] => vector(0x00, 4, ...unsigned(offset));
const store = (offset: number): number[] => vector(0x0b, 4, ...unsigned(offset));
const multiplyVectors = vector(0xf2, 0x01);
const addVectors = vector(0xf0, 0x01);
const [I32, V128] = [0x7f, 0x7b];
/** Locals: the addresses of the two and of the four vectors and where the first of the two ends, sums, what was read. */
const [A, P, END, SUMS, X, Y, Z] = [0, 1, 2, 3, 11, 12, 13];

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const advance = (local: number): number[] => [...get(local), 0x41, 16, 0x6a, ...set(local)];
  const accumulate = (sum: number, left: number): number[] => [
    ...[...get(sum), ...get(left), ...get(Z)],
    ...[...multiplyVectors, ...addVectors, ...set(sum)],
  ];
  const four = [0, 1, 2, 3];
  const loop = [
    ...[0x03, 0x40],
    ...[...get(A), ...load(0), ...set(X), ...get(A), ...load(STRIDE), ...set(Y)],
    ...four.flatMap((k) => [
      ...[...get(P), ...load(k * STRIDE), ...set(Z)],
      ...[...accumulate(SUMS + k, X), ...accumulate(SUMS + 4 + k, Y)],
    ]),
    ...[...advance(A), ...advance(P), ...get(A), ...get(END), 0x49, 0x0d, 0, 0x0b],
  ];
  const results = Array.from({ length: 8 }, (_, k) => [0x41, 0, ...get(SUMS + k), ...store(16 * k)]).flat();
  const body = [1, 11, V128, ...loop, ...results, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, I32, I32, I32, 0]),
    ...section(2, [1, 1, 0x6d, 1, 0x6d, 0x02, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, 1, 0x66, 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

const section = (id: number, content: number[]): number[] => [id, ...unsigned(content.length), ...content];

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}
