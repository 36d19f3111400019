/** Checks that a file has the columns that the manifest names. */
import { nearestName } from '../schema/nearest-name.ts';

/** @throws Error that names the missing columns, those that there are, and the nearest of them */
export function requireColumns(
  { path, header }: { path: string; header: readonly string[] },
  columns: readonly string[],
): void {
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length === 0) return;
  const found = header.map((column) => JSON.stringify(column)).join(', ');
  throw new Error(
    missing
      .map(
        (c) =>
          `${path}:1: there is no column "${c}"; the columns are ${found}; the nearest is "${nearestName(c, header)}"`,
      )
      .join('\n'),
  );
}
