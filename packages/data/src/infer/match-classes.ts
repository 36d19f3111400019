/** Tells which column of a sample submission is which class, such as `prob_ham` and `ham`. */

/**
 * @param columns of the sample, without the ids
 * @param classes the values of a train column
 * @returns the class of each column, where each class has exactly one; else undefined
 */
export function matchClasses(columns: readonly string[], classes: readonly string[]): string[] | undefined {
  if (columns.length !== classes.length) return undefined;
  for (const reduce of [same, plain])
    for (const [before, after] of affixes(columns)) {
      const byName = new Map(classes.map((name) => [reduce(name), name]));
      const found = columns.map((column) => byName.get(reduce(column.slice(before, column.length - after))));
      if (found.every((name) => name !== undefined) && new Set(found).size === classes.length) return found;
    }
  return undefined;
}

const same = (name: string): string => name;

/** Case, spaces and punctuation do not count; `1.0` is `1`. */
const plain = (name: string): string =>
  name
    .replace(/\.0+$/, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What all names have in common at their start and end: nothing of it, all of it, or up to the last separator. */
function affixes(names: readonly string[]): [number, number][] {
  const reversed = names.map((name) => Array.from(name).reverse().join(''));
  const befores = [0, ...cuts(names)];
  const afters = [0, ...cuts(reversed)];
  return befores.flatMap((before) => afters.map((after): [number, number] => [before, after]));
}

function cuts(names: readonly string[]): number[] {
  let length = 0;
  while (names.every((name) => length < name.length - 1 && name[length] === names[0]![length])) length++;
  const common = names[0]!.slice(0, length);
  const separator = Math.max(
    ...['_', '-', '.', ' ', ':', '=', '/'].map((character) => common.lastIndexOf(character)),
  );
  return [...new Set([separator + 1, length])].filter((cut) => cut > 0);
}
