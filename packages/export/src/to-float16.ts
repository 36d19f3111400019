/** Numbers in half precision (IEEE 754 binary16), rounded to nearest, ties to even. */

/** Above this, a number is nearer to infinity than to the largest one of half precision, 65504. */
const largest = 65_520;

/** @returns the bits of each number; undefined if one of them is beyond the range of half precision, or not finite */
export function toFloat16(values: Float32Array): Uint16Array | undefined {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (!(size < largest)) return undefined;
    const sign = (bits[i]! >>> 16) & 0x8000;
    if (size < 2 ** -14) {
      // Subnormal: a multiple of 2^-24.
      halves[i] = sign | roundToEven(size * 2 ** 24);
    } else {
      // Ten bits of significand of 23 stay; a carry out of them raises the exponent, as it should.
      const rest = bits[i]! & 0x7fff_ffff;
      const rounded = rest + 0x0fff + ((rest >>> 13) & 1);
      halves[i] = sign | ((rounded >>> 13) - ((127 - 15) << 10));
    }
  }
  return halves;
}

function roundToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
