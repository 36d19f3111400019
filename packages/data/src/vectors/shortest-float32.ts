/** The fewest digits that read back to the same float32, as NumPy writes it; 0.1 is "0.1", not "0.10000000149011612". */
export function shortestFloat32(value: number): string {
  if (Object.is(value, -0)) return '-0';
  // Most values need eight digits or nine, which always suffice.
  let digits = 8;
  if (!reads(value, digits)) digits = 9;
  else while (digits > 1 && reads(value, digits - 1)) digits--;
  return String(Number(value.toPrecision(digits)));
}

const reads = (value: number, digits: number): boolean =>
  Math.fround(Number(value.toPrecision(digits))) === value;
