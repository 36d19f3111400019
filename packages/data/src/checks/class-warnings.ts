/** Warns of classes that look like a mistake, and of those that are too rare for the folds. */
import { isMissingWord } from '../tables/missing-cells.ts';
import type { Warnings } from '../problems/warnings.ts';
import { DECIMAL } from '../tables/cells.ts';

/**
 * @param file the train file, for the warnings
 * @param column the target's name
 * @param classes their names, in their index's order
 */
export function classWarnings(
  { file, column, classes }: { file: string; column: string; classes: readonly string[] },
  warnings: Warnings,
): void {
  const where = `${file}, column ${JSON.stringify(column)}`;
  for (const name of classes.filter(isMissingWord))
    warnings.add(
      {
        title: 'classes that are written like a missing value',
        advice: 'Each counts as a class of its own; where no label is meant, leave these rows out.',
      },
      `${where}: ${JSON.stringify(name)}`,
    );
  const numbers = classes.filter((name) => DECIMAL.test(name));
  const words = classes.filter((name) => !DECIMAL.test(name));
  if (numbers.length > 0 && words.length > 0)
    warnings.add(
      {
        title: 'labels of two kinds',
        advice: 'Each counts as a class of its own; where some are mistakes, correct the file.',
      },
      `${where}: numbers such as ${JSON.stringify(numbers[0])} and words such as ${JSON.stringify(words[0])}`,
    );
  const spellings = new Map<string, string>();
  for (const name of classes) {
    const plain = name.toLowerCase().replace(/[\s_-]+/g, ' ');
    const other = spellings.get(plain);
    if (other === undefined) spellings.set(plain, name);
    else
      warnings.add(
        {
          title: 'classes that are spelled alike',
          advice: 'Each counts as a class of its own; where they are the same, correct the file.',
        },
        `${where}: ${JSON.stringify(other)} and ${JSON.stringify(name)}`,
      );
  }
}
