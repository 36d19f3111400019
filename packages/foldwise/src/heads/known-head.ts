/** Looks a head up, where an unknown one is wrong use. */
import type { Head } from '@foldwise/heads';
import { asUse } from '../usage-error.ts';

/** @throws UsageError for an unknown name or a wrong argument, with what is known */
export async function knownHead(spec: string): Promise<Head> {
  const { findHead } = await import('@foldwise/heads');
  return asUse(() => findHead(spec));
}
