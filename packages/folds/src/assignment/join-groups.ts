/** Joins groups that must stay together, such as those of texts that are nearly the same. */

/**
 * @param names the group of each row; a row's own id where it is in none: [rows]
 * @param together lists of rows
 * @returns the group of each row, named by the smallest of the names that were joined: [rows]
 */
export function joinGroups(names: readonly string[], together: readonly (readonly number[])[]): string[] {
  const joined = new Map<string, string>();
  const find = (name: string): string => {
    let root = name;
    for (let next = joined.get(root); next !== undefined; next = joined.get(root)) root = next;
    while (name !== root) {
      const next = joined.get(name)!;
      joined.set(name, root);
      name = next;
    }
    return root;
  };
  for (const rows of together)
    for (const row of rows) {
      const [one, other] = [find(names[row]!), find(names[rows[0]!]!)];
      if (one !== other) joined.set(one < other ? other : one, one < other ? one : other);
    }
  return names.map(find);
}
