/** The element types of a safetensors file that are read: how many bytes an element takes, and what its bytes become. */
export const safetensorsDtypes = {
  F32: { bytes: 4, decode: (raw: ArrayBuffer) => new Float32Array(raw) },
  F16: { bytes: 2, decode: (raw: ArrayBuffer) => Float32Array.from(new Uint16Array(raw), float16ToNumber) },
  BF16: { bytes: 2, decode: bfloat16ToFloat32 },
  F64: { bytes: 8, decode: (raw: ArrayBuffer) => Float32Array.from(new Float64Array(raw)) },
  I64: { bytes: 8, decode: (raw: ArrayBuffer) => new BigInt64Array(raw) },
  I32: { bytes: 4, decode: (raw: ArrayBuffer) => new Int32Array(raw) },
  U8: { bytes: 1, decode: (raw: ArrayBuffer) => new Uint8Array(raw) },
  BOOL: { bytes: 1, decode: (raw: ArrayBuffer) => new Uint8Array(raw) },
};

export type SafetensorsDtype = keyof typeof safetensorsDtypes;

/** bfloat16 is the upper half of a float32. */
function bfloat16ToFloat32(raw: ArrayBuffer): Float32Array<ArrayBuffer> {
  const halves = new Uint16Array(raw);
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16;
  return new Float32Array(bits.buffer);
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
