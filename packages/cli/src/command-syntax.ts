/** Writes a command as yargs and people read it, such as `score <submission> <truth>`. */
import type { Command } from './command.ts';

export function commandSyntax({ name, positionals }: Command): string {
  const names = Object.entries(positionals).map(([key, { demandOption }]) =>
    demandOption ? `<${key}>` : `[${key}]`,
  );
  return [name, ...names].join(' ');
}
