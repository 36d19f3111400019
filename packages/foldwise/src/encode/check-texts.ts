/** Goes through a file of texts before anything slow starts, so that what is wrong with it shows at once. */
import { Problems, streamTable } from '@foldwise/data';

export interface CheckedTexts {
  rows: number;
  /** Texts without a word, which are allowed: how many, and the line of the first one. */
  empty: { count: number; line: number | undefined };
}

/**
 * @param columns of the texts, and of the ids where rows have some
 * @throws Error with one line a problem, as `file:line, column "x": what`, up to 20, then how many more; for a file
 * without rows
 */
export async function checkTexts(
  path: string,
  columns: { text: string; id: string | undefined },
  signal: AbortSignal | undefined,
): Promise<CheckedTexts> {
  const problems = new Problems(path);
  const { text, id } = columns;
  const checked: CheckedTexts = { rows: 0, empty: { count: 0, line: undefined } };
  for await (const { columns: cells, lines } of streamTable(path, id === undefined ? [text] : [text, id], {
    problems,
  })) {
    signal?.throwIfAborted();
    checked.rows += lines.length;
    const [texts, ids] = cells;
    texts!.forEach((cell, row) => {
      if (cell.trim() !== '') return;
      checked.empty.count++;
      checked.empty.line ??= lines[row];
    });
    ids?.forEach((cell, row) => {
      if (cell.trim() === '') problems.add(lines[row]!, id, 'the id is empty');
    });
  }
  problems.throwIfAny();
  if (checked.rows === 0) throw new Error(`${path}: there are no rows below the column names`);
  return checked;
}
