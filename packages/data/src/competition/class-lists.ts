/** Cells that rank classes, the likeliest first, as competitions scored by MAP@k ask for: `greek indian italian`. */

export interface ClassLists {
  /** Between two classes. */
  separator: string;
  /** How many classes the longest list has. */
  most: number;
}

const SEPARATORS = [' ', ', ', ',', ';', '|'];

/** @returns how the lists are written; undefined where a cell holds something else, or every cell one class alone */
export function classLists(cells: readonly string[], classes: readonly string[]): ClassLists | undefined {
  const known = new Set(classes);
  const distinct = [...new Set(cells.map((cell) => cell.trim()))];
  if (distinct.every((cell) => known.has(cell))) return undefined;
  // A list of names that hold the separator could not be read again.
  for (const separator of SEPARATORS.filter((one) => !classes.some((name) => name.includes(one)))) {
    const lists = distinct.map((cell) => cell.split(separator));
    if (lists.every((list) => list.every((part) => known.has(part))))
      return { separator, most: Math.max(...lists.map(({ length }) => length)) };
  }
  return undefined;
}
