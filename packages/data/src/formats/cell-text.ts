/** Writes a value of JSON or Parquet as a table's cell, so that nothing of it is lost. */

/**
 * - null is the empty cell; a string is itself
 * - a number has the fewest digits that read back to it: `0.1`, `1e+21`, `-0`, `NaN`; integers of 64 bits have all digits
 * - `true` and `false`
 * - bytes are hexadecimal; lists and objects are JSON without spaces
 */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Object.is(value, -0) ? '-0' : String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return value === null || value === undefined ? '' : json(value);
}

function json(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  if (ArrayBuffer.isView(value) && !(value instanceof Uint8Array))
    return json([...(value as unknown as Iterable<unknown>)]);
  if (typeof value === 'object' && !(value instanceof Uint8Array))
    return `{${Object.entries(value)
      .map(([key, member]) => `${JSON.stringify(key)}:${json(member)}`)
      .join(',')}}`;
  const text = cellText(value);
  return typeof value === 'string' || value instanceof Uint8Array ? JSON.stringify(text) : text;
}
