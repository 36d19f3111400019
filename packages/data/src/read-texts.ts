/** The texts of a file's rows; several text columns become one text. */
import type { Manifest } from './manifest.ts';
import type { Problems } from './problems.ts';
import type { FileTable } from './read-table.ts';

/**
 * The token between two texts in BERT's input. Tokenizers know it within a text; those of another family's encoders need
 * their own in the manifest, such as "</s></s>".
 */
const SEPARATOR = ' [SEP] ';

/** Anything but space. */
const WORD = /\S/;

/** @returns never blank, unless a problem is noted: [rows] */
export function readTexts(
  file: FileTable,
  { text, separator = SEPARATOR }: Manifest['columns'],
  problems: Problems,
): string[] {
  const names = [text].flat();
  const [first, ...others] = names.map((name) => file.cells(name));
  const what = names.length === 1 ? 'the text is empty' : `the texts are empty, here and in ${quoted(names.slice(1))}`;
  if (others.length === 0) {
    first!.forEach((cell, row) => WORD.test(cell) || problems.add(file.lines[row]!, names[0]!, what));
    return first!;
  }
  return first!.map((cell, row) => {
    const cells = [cell, ...others.map((column) => column[row]!)];
    if (!cells.some((part) => WORD.test(part))) problems.add(file.lines[row]!, names[0]!, what);
    return cells.join(separator);
  });
}

const quoted = (names: string[]): string => names.map((name) => JSON.stringify(name)).join(', ');
