/** Lines a member's rows up with those of another, or says how the two differ. */
import type { Member } from './member.ts';

/**
 * @returns for each row of `first` the row of `other` with the same id: [rows]
 * @throws Error that names both members and the first difference in folds, columns, ids or targets
 */
export function alignRows(first: Member, other: Member): Int32Array {
  const differ = (how: string): never => {
    throw new Error(`${other.name} cannot be blended with ${first.name}: ${how}`);
  };
  if (other.foldsHash !== first.foldsHash)
    differ(
      `their folds differ (${short(other.foldsHash)} and ${short(first.foldsHash)}); train both on the same folds`,
    );
  if (JSON.stringify(other.columns) !== JSON.stringify(first.columns))
    differ(`it predicts ${other.columns.join(', ')}, the other ${first.columns.join(', ')}`);

  const rowOf = new Map(other.ids.map((id, row) => [id, row]));
  const rows = Int32Array.from(
    first.ids,
    (id) => rowOf.get(id) ?? differ(`it lacks the row ${JSON.stringify(id)}`),
  );
  if (other.ids.length !== first.ids.length) {
    const known = new Set(first.ids);
    const surplus =
      other.ids.find((id) => !known.has(id)) ?? other.ids.find((id, row) => rowOf.get(id) !== row);
    differ(
      `it has ${other.ids.length} rows instead of ${first.ids.length}, such as ${JSON.stringify(surplus)}`,
    );
  }

  if (other.targets?.length !== first.targets?.length) differ('they have unlike numbers of target columns');
  first.targets?.forEach((target, t) =>
    target.forEach((value, row) => {
      const got = other.targets![t]![rows[row]!];
      if (got !== value)
        differ(`the target of row ${JSON.stringify(first.ids[row])} is ${got} instead of ${value}`);
    }),
  );
  return rows;
}

const short = (hash: string): string => hash.slice(0, 8);
