/** Looks methods of blending up as they are written on the command line, where an unknown one is wrong use. */
import { findMethod, methods } from '@foldwise/ensemble';
import { UsageError } from '../usage-error.ts';

/**
 * @param spec a name, several with commas, or all
 * @throws UsageError for an unknown name, with what is known
 */
export function knownMethods(spec: string): string[] {
  if (spec === 'all') return Object.keys(methods);
  try {
    return [...new Set(spec.split(',').map((name) => findMethod(name.trim()).name))];
  } catch (error) {
    throw new UsageError(`--method: ${(error as Error).message}, all`, { cause: error });
  }
}
