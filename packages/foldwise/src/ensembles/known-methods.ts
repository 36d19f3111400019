/** Looks methods of blending up, where an unknown one is wrong use. */
import { findMethod, methods } from '@foldwise/ensemble';
import { UsageError } from '../usage-error.ts';

/** The names of all methods. */
export const blendingMethods: readonly string[] = Object.keys(methods);

/**
 * @param asked a name, several, or `all`
 * @throws UsageError for an unknown name, with what is known
 */
export function knownMethods(asked: string | readonly string[]): string[] {
  const names = [asked].flat();
  if (names.length === 1 && names[0] === 'all') return [...blendingMethods];
  try {
    return [...new Set(names.map((name) => findMethod(name).name))];
  } catch (error) {
    throw new UsageError(`${(error as Error).message}, all`, { cause: error, option: 'method' });
  }
}
