/** Asks a person a question with the answers yes and no. */
import { createInterface } from 'node:readline/promises';
import { UsageError } from 'foldwise/usage-error';

/**
 * @param otherwise the option that answers yes beforehand
 * @returns whether the answer was yes
 * @throws UsageError where nobody can answer
 */
export async function confirm(question: string, otherwise: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UsageError(`${question} Nobody can answer here: say ${otherwise} beforehand`);
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await line.question(`${question} [y/N] `, { signal })).trim());
  } finally {
    line.close();
  }
}
