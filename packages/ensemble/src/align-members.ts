/** Puts the rows of several members into one order. */
import { alignRows } from './align-rows.ts';
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
