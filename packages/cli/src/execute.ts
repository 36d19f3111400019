/** Parses the arguments and runs one command; leaves printing the outcome, and ending the process, to `main`. */
import { UsageError } from 'foldwise/usage-error';
import type { Arguments, Command, Outcome } from './commands/command.ts';
import { watchForInterruption, type Interruption } from './interruption.ts';
import type { Overrides } from './options/overrides.ts';
import { parse } from './parse.ts';
import { describeProgress } from './progress/describe-progress.ts';
import { startProgress } from './progress/start-progress.ts';

/**
 * @param argv the arguments after the program's name
 * @returns undefined for `--help` and `--version`, which print themselves
 * @throws UsageError for wrong use; Interruption when stopped by a signal; Error for a failure
 */
export async function execute(argv: readonly string[]): Promise<Outcome | undefined> {
  const parsed = await parse(argv);
  return parsed && run(parsed.command, parsed.args, parsed.overrides);
}

async function run(command: Command, args: Arguments, overrides: Overrides): Promise<Outcome> {
  let describe = (): string => '';
  const progress = await startProgress({ quiet: Boolean(args['quiet']) });
  const interruption = watchForInterruption(
    () => describe(),
    () => progress.stop(),
  );
  const { signal } = interruption;
  const listeners = {
    signal,
    onProgress: (event: Parameters<typeof describeProgress>[0]) => {
      const { what, done, total, details } = describeProgress(event);
      progress.update(what, done, total, details);
    },
    onNote: (text: string) => progress.note(text),
  };
  try {
    const onStop = (say: () => string): void => void (describe = say);
    return await command.run(args, { overrides, progress, listeners, onStop });
  } catch (error) {
    if (!signal.aborted) throw error instanceof UsageError ? asOption(error) : error;
    const reason = signal.reason as Interruption;
    reason.message = `${reason.message} ${describe()}`.trimEnd();
    throw reason;
  } finally {
    progress.stop();
    interruption.dispose();
  }
}

/** Names the option of the library as it is written on the command line. */
function asOption(error: UsageError): UsageError {
  const { option, message } = error;
  if (option === undefined) return error;
  const text =
    option === 'settings'
      ? message.replace(/^settings: /gm, 'the command line: ')
      : `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${message}`;
  return new UsageError(text, { cause: error });
}
