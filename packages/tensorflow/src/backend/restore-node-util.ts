/** Gives tfjs-node 4.22 the functions of node:util that it calls; Node 22 warns of them, and Node 23 dropped them. */
import { createRequire } from 'node:module';

/** Call it before the first kernel runs. What it sets does what Node's own functions did. */
export function restoreNodeUtil(): void {
  // The object that CommonJS modules share; that of an import cannot be changed.
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  util['isNullOrUndefined'] = (value: unknown) => value === null || value === undefined;
  util['isArray'] = Array.isArray;
}
