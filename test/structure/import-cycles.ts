/** Files that import each other, by Tarjan's strongly connected components (1972), with one shortest way around each. */

/** The files that each file imports. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** @returns for each group of files that reach each other, its shortest cycle, from the first file by name */
export function importCycles(imports: Imports): string[][] {
  return components(imports)
    .map((group) => shortestCycle(group, imports))
    .filter((cycle) => cycle.length > 0);
}

function components(imports: Imports): string[][] {
  const groups: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    lowest.set(file, own);
    open.push(file);
    isOpen.add(file);
    for (const next of imports.get(file) ?? []) {
      const reached = order.has(next) ? (isOpen.has(next) ? order.get(next)! : Infinity) : visit(next);
      lowest.set(file, Math.min(lowest.get(file)!, reached));
    }
    if (lowest.get(file) === own) {
      const group = open.splice(open.indexOf(file));
      for (const member of group) isOpen.delete(member);
      groups.push(group);
    }
    return lowest.get(file)!;
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return groups;
}

/** Empty for a file alone that does not import itself. */
function shortestCycle(group: readonly string[], imports: Imports): string[] {
  const within = new Set(group);
  let shortest: string[] = [];
  for (const start of [...group].sort()) {
    const cycle = wayBack(start, within, imports);
    if (cycle.length > 0 && (shortest.length === 0 || cycle.length < shortest.length)) shortest = cycle;
  }
  return shortest;
}

/** Breadth first, from a file to itself. */
function wayBack(start: string, within: ReadonlySet<string>, imports: Imports): string[] {
  const ways = [[start]];
  const seen = new Set<string>();
  for (const way of ways)
    for (const next of imports.get(way.at(-1)!) ?? []) {
      if (next === start) return way;
      if (!within.has(next) || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  return [];
}
