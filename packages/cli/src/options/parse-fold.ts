/** Reads the numbers of folds from the command line. */
import { checkFold } from '@foldwise/folds';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError unless the text is the number of one of k folds */
export function parseFold(text: string, k: number): number {
  if (!/^\s*\d+\s*$/.test(text))
    throw new UsageError(`"${text}" is no fold: with ${k} folds they are numbered from 0 to ${k - 1}`);
  try {
    checkFold(Number(text), k);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
  return Number(text);
}
