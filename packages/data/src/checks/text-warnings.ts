/** Warns of texts that were damaged before they were saved: read in another encoding than they had been written in. */
import type { FileTable } from '../tables/read-table.ts';
import { placeOf } from '../problems/problems.ts';
import type { Warnings } from '../problems/warnings.ts';

/** The mark for a character that could not be read; and UTF-8 that was taken for Windows-1252, such as "â€™" for "’". */
const DAMAGED = /\uFFFD|â€[\u0080-\u2122]|Ã[\u0080-\u00BF]|Â[\u00A0-\u00BF]/;

/** @param columns the names of the text columns */
export function textWarnings(file: FileTable, columns: readonly string[], warnings: Warnings): void {
  for (const column of columns)
    file.cells(column).forEach((text, row) => {
      const [found] = DAMAGED.exec(text) ?? [];
      if (found !== undefined)
        warnings.add(
          {
            title: 'texts with characters of a wrong encoding',
            advice:
              'The file is UTF-8, but these texts had been read in another encoding before. They can be trained on as they are; where you have the original, convert that.',
          },
          `${placeOf(file, file.lines[row]!)}, column ${JSON.stringify(column)}: ${JSON.stringify(found)}`,
        );
    });
}
