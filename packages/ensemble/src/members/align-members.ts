/** Puts the rows of several members into one order, or says how the members differ. */
import type { Member } from './member.ts';
import { takeRows } from './take-rows.ts';

/**
 * @returns [members][columns][rows]
 * @throws Error for no members; for members whose folds, columns, rows or targets differ, naming the difference; for
 * predictions that are not finite
 */
export function alignMembers(members: readonly Member[]): Float64Array[][] {
  const [first] = members;
  if (first === undefined) throw new Error('there is nothing to blend: expected one run or more');
  return members.map((member) => {
    const columns = takeRows(member.predictions, Uint32Array.from(alignRows(first, member)));
    columns.forEach((column, c) => {
      const row = column.findIndex((value) => !Number.isFinite(value));
      if (row >= 0)
        throw new Error(
          `${member.name}: the prediction of ${member.columns[c]} for row ${JSON.stringify(first.ids[row])} is ${column[row]}; expected a finite number`,
        );
    });
    return columns;
  });
}

/**
 * @returns for each row of `first` the row of `other` with the same id: [rows]
 * @throws Error that names both members and the first difference in folds, columns, ids or targets
 */
function alignRows(first: Member, other: Member): Int32Array {
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
