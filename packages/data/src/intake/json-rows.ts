/** Reads a JSON array of objects as a table: what Kaggle serves as `train.json`. */

/**
 * A list is written with commas between its items; what has no value, as the empty text; other objects, as JSON.
 *
 * @param text the file's
 * @param path for errors
 * @returns undefined where it is no JSON array
 * @throws Error for items that are no objects
 */
export function jsonRows(text: string, path: string): { header: string[]; columns: string[][] } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const odd = value.findIndex((item) => typeof item !== 'object' || item === null || Array.isArray(item));
  if (odd >= 0)
    throw new Error(`${path}: item ${odd + 1}: expected an object, got ${JSON.stringify(value[odd])}`);
  const rows = value as Record<string, unknown>[];
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { header, columns: header.map((name) => rows.map((row) => cell(row[name]))) };
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cell).join(', ');
  if (typeof value === 'string') return value;
  // JSON has no infinite numbers, but reads 1e999 as one.
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
