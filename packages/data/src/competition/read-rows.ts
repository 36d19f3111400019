/** The ids and texts of a file's rows. */
import { placeOf, type Problems } from '../problems/problems.ts';
import type { Warnings } from '../problems/warnings.ts';
import { isBlank } from '../tables/cells.ts';
import { isMissingWord } from '../tables/missing-cells.ts';
import type { FileTable } from '../tables/read-table.ts';
import type { Manifest } from './manifest.ts';

/**
 * Reads the column that names the rows: each has a name of its own.
 *
 * @param problems takes empty ids, and those that are there twice
 * @returns in the file's order: [rows]
 */
export function readIds(file: FileTable, column: string, problems: Problems): string[] {
  const ids = file.cells(column);
  const lines = new Map<string, number>();
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    const line = file.lines[row]!;
    const first = lines.get(id);
    if (isBlank(id)) problems.add(line, column, 'the id is empty');
    else if (first !== undefined)
      problems.add(line, column, `id ${JSON.stringify(id)} is already on ${file.unit} ${first}`);
    else lines.set(id, line);
  }
  return ids;
}

/**
 * A row without a text is warned of, as test rows must be predicted all the same: an encoder then sees its marks alone.
 *
 * @returns one array for each text column, or a single one where a separator joins them: [columns][rows]
 * @throws Error where all are empty
 */
export function readTexts(
  file: FileTable,
  { text, separator }: Manifest['columns'],
  warnings: Warnings,
): string[][] {
  const names = [text].flat();
  const columns = names.map((name) => file.cells(name));
  const what =
    names.length === 1 ? 'the text is empty' : `the texts are empty, here and in ${quoted(names.slice(1))}`;
  const empty: number[] = [];
  for (let row = 0; row < file.lines.length; row++)
    if (columns.every((cells) => isBlank(cells[row]!))) empty.push(row);
  if (empty.length === file.lines.length)
    throw new Error(`${file.path}: column ${JSON.stringify(names[0])}: ${what} in all rows`);
  for (const row of empty)
    warnings.add(
      {
        title: 'rows without a text',
        advice: 'They are trained on and predicted as they are, from nothing but the marks around a text.',
      },
      `${placeOf(file, file.lines[row]!)}, column ${JSON.stringify(names[0])}: ${what}`,
    );
  columns.forEach((cells, c) => {
    cells.forEach((cell, row) => {
      if (isMissingWord(cell.trim()))
        warnings.add(
          {
            title: 'texts that are written like a missing value',
            advice:
              'They are trained on and predicted as texts of this word; where no text is meant, empty the cells.',
          },
          `${placeOf(file, file.lines[row]!)}, column ${JSON.stringify(names[c])}: ${JSON.stringify(cell)}`,
        );
    });
  });
  if (separator === undefined) return columns;
  return [file.lines.map((_, row) => columns.map((cells) => cells[row]!).join(separator))];
}

/**
 * A row's texts together, for what compares rows or looks for words; models take them apart.
 *
 * @param columns [columns][rows]
 * @returns [rows], each text on lines of its own
 */
export function joinTexts(columns: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = columns;
  if (others.length === 0) return first;
  return first.map((text, row) => [text, ...others.map((column) => column[row]!)].join('\n'));
}

const quoted = (names: string[]): string => names.map((name) => JSON.stringify(name)).join(', ');
