/** The `foldwise` command: prints the outcome of what was asked for, and ends with its exit code. */
import { execute } from './execute.ts';
import { Interruption } from './interruption.ts';
import { print } from './render/print.ts';
import { UsageError } from 'foldwise/usage-error';

/** @param argv the arguments after the program's name */
export async function main(argv: readonly string[]): Promise<void> {
  const wantsJson = argv.includes('--json');
  try {
    const outcome = await execute(argv);
    if (outcome) print.result(wantsJson ? JSON.stringify(outcome.json, null, 2) : outcome.text);
    await leave(outcome?.exitCode ?? 0);
  } catch (error) {
    const { message, stack } = error as Error;
    print.note(argv.includes('--verbose') ? (stack ?? message) : message);
    if (wantsJson) print.result(JSON.stringify({ error: message }, null, 2));
    await leave(exitCodeOf(error));
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof Interruption) return error.exitCode;
  return error instanceof UsageError ? 2 : 1;
}

/** Ends the process even where the engine's threads would keep it, once a pipe has taken all that was printed. */
async function leave(code: number): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => stream.write('', () => resolve()));
  process.exit(code);
}
