/** The texts of a file's rows. */
import type { Warnings } from './checks/warnings.ts';
import { isBlank } from './is-blank.ts';
import type { Manifest } from './manifest.ts';
import { placeOf } from './place-of.ts';
import type { FileTable } from './read-table.ts';

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
  if (separator === undefined) return columns;
  return [file.lines.map((_, row) => columns.map((cells) => cells[row]!).join(separator))];
}

const quoted = (names: string[]): string => names.map((name) => JSON.stringify(name)).join(', ');
