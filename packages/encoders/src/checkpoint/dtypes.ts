/** The element types of checkpoints by their names in safetensors: the bytes of an element, and what they become. */

/** `widen` writes the elements in the first bytes of `raw` into all of `values`, rounded to float32 where they are wider. */
interface FloatDtype {
  bytes: number;
  widen: (raw: ArrayBuffer, values: Float32Array) => void;
}

const float32: FloatDtype = {
  bytes: 4,
  widen: (raw, values) => values.set(new Float32Array(raw, 0, values.length)),
};
const float16: FloatDtype = { bytes: 2, widen: widenFloat16 };
const bfloat16: FloatDtype = { bytes: 2, widen: widenBfloat16 };
const float64: FloatDtype = {
  bytes: 8,
  widen: (raw, values) => values.set(new Float64Array(raw, 0, values.length)),
};

/** All become float32. */
export const floatDtypes = { F32: float32, F16: float16, BF16: bfloat16, F64: float64 };
export type FloatDtypeName = keyof typeof floatDtypes;

export const isFloat = (dtype: string): dtype is FloatDtypeName => Object.hasOwn(floatDtypes, dtype);

export const wholeDtypes = {
  I64: { bytes: 8, view: (raw: ArrayBuffer) => new BigInt64Array(raw) },
  I32: { bytes: 4, view: (raw: ArrayBuffer) => new Int32Array(raw) },
  U8: { bytes: 1, view: (raw: ArrayBuffer) => new Uint8Array(raw) },
  BOOL: { bytes: 1, view: (raw: ArrayBuffer) => new Uint8Array(raw) },
};

/** Those of a safetensors file that are read. */
export const safetensorsDtypes = { ...floatDtypes, ...wholeDtypes };
export type SafetensorsDtype = keyof typeof safetensorsDtypes;

/** bfloat16 is the upper half of a float32. */
function widenBfloat16(raw: ArrayBuffer, values: Float32Array): void {
  const halves = new Uint16Array(raw);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) bits[i] = halves[i]! << 16;
}

/** The float32 of each of the 65,536 halves; made with the first use. */
let ofHalf: Float32Array | undefined;

function widenFloat16(raw: ArrayBuffer, values: Float32Array): void {
  const table = (ofHalf ??= Float32Array.from({ length: 2 ** 16 }, (_, half) => float16ToNumber(half)));
  const halves = new Uint16Array(raw);
  for (let i = 0; i < values.length; i++) values[i] = table[halves[i]!]!;
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
function float16ToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
