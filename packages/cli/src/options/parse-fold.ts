/** Reads the number of a fold from the command line; whether there is such a fold, the library says. */
import { UsageError } from 'foldwise/usage-error';

/** @throws UsageError for what is no whole number */
export function parseFold(text: string): number {
  if (!/^\s*\d+\s*$/.test(text))
    throw new UsageError(`"${text}" is no fold: expected its number, such as 0 for the first`);
  return Number(text);
}
