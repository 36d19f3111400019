/** Rows without a group are not a group together: each is one of its own. */
import { missingGroups } from '@foldwise/data';

/**
 * @param cells the group of each row, as the file has it: [rows]
 * @param ids unique: [rows]
 * @returns the group of each row, with a name of its own where there is none; the same array where there is none missing
 */
export function ownGroups(cells: readonly string[], ids: readonly string[]): readonly string[] {
  const isMissing = missingGroups(new Set(cells));
  if (!cells.some(isMissing)) return cells;
  const taken = new Set(cells);
  return cells.map((cell, row) => {
    if (!isMissing(cell)) return cell;
    let name = `row ${ids[row]!}`;
    while (taken.has(name)) name += ' ';
    return name;
  });
}
