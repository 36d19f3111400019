/** Warns of rows without a group, which folds take for groups of their own. */
import { missingGroups } from '../tables/missing-cells.ts';
import { placeOf } from '../problems/problems.ts';
import type { FileTable } from '../tables/read-table.ts';
import type { Warnings } from '../problems/warnings.ts';

/** @param column of groups */
export function groupWarnings(file: FileTable, column: string, warnings: Warnings): void {
  const cells = file.cells(column);
  const isMissing = missingGroups(new Set(cells));
  cells.forEach((cell, row) => {
    if (!isMissing(cell)) return;
    const what = cell.trim() === '' ? 'the cell is empty' : `${JSON.stringify(cell)} stands for no value`;
    warnings.add(
      {
        title: 'rows without a group',
        advice:
          'Each is a group of its own: such rows that belong together may be on both sides of a fold. Fill the cells in, or leave these rows out.',
      },
      `${placeOf(file, file.lines[row]!)}, column ${JSON.stringify(column)}: ${what}`,
    );
  });
}
