/** Reads whole numbers from the command line. */
import { UsageError } from 'foldwise/usage-error';
import type { Arguments } from '../commands/command.ts';

/** @throws UsageError for anything else, and for what is out of the range */
export function parseWhole(option: string, value: Arguments[string], most: number): number {
  const number = /^\d+$/.test(String(value)) ? Number(value) : NaN;
  if (number <= most) return number;
  throw new UsageError(`--${option}: expected a whole number from 0 to ${most}, got "${String(value)}"`);
}

/**
 * Whether there is such a fold, the library says.
 *
 * @throws UsageError for what is no whole number
 */
export function parseFold(text: string): number {
  if (!/^\s*\d+\s*$/.test(text))
    throw new UsageError(`"${text}" is no fold: expected its number, such as 0 for the first`);
  return Number(text);
}
