/** Looks a head up as it is written on the command line, where an unknown one is wrong use. */
import type { Head } from '@foldwise/heads';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError for an unknown name or a wrong argument, with what is known */
export async function knownHead(spec: string): Promise<Head> {
  const { findHead } = await import('@foldwise/heads');
  try {
    return findHead(spec);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}
