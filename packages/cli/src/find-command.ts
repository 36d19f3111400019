/** Finds the command that the arguments ask for. */
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { UsageError } from './usage-error.ts';

/**
 * @returns undefined where no command is named, as in `foldwise --help`
 * @throws UsageError that lists the known commands and names the nearest
 */
export async function findCommand(argv: readonly string[]): Promise<Command | undefined> {
  const wanted = argv.find((argument) => !argument.startsWith('-'));
  const command = commands.find(({ name }) => name === wanted);
  if (wanted === undefined || command) return command;
  const names = commands.map(({ name }) => name);
  const { nearestName } = await import('@foldwise/data');
  throw new UsageError(
    `there is no command "${wanted}"; the nearest is "${nearestName(wanted, names)}"; known are ${names.join(', ')}`,
  );
}
