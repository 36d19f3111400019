/** Says in full what yargs says in short about arguments that it does not take. */
import { commandSyntax } from './command-syntax.ts';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { commonOptions } from './common-options.ts';

/** @param message what yargs says */
export async function explainUse(
  message: string,
  argv: readonly string[],
  command: Command | undefined,
): Promise<string> {
  if (!command) {
    const names = commands.map(({ name }) => name).join(', ');
    return `name a command: ${names}; \`foldwise --help\` tells what they do`;
  }
  const [, what, names = ''] = /^([^:]*):\s+(.*)$/s.exec(message) ?? [];
  const listed = names.split(', ');
  const help = `\`foldwise ${command.name} --help\` lists its options`;
  switch (what) {
    case 'Unknown argument':
    case 'Unknown arguments':
      return (await Promise.all(listed.map((name) => unknown(name, argv, command)))).join('\n') + `; ${help}`;
    case 'Not enough arguments following':
      return `--${names} needs a value`;
    case 'Missing required argument':
    case 'Missing required arguments':
      return `${command.name} needs ${listed.map((name) => `--${name}`).join(', ')}; ${help}`;
    case 'Not enough non-option arguments':
      return `expected foldwise ${commandSyntax(command)}; ${help}`;
    case 'Invalid values':
      return names
        .trim()
        .replace(/^Argument: (\S+), Given: (.*), Choices: (.*)$/m, '--$1: expected $3, got $2');
    default:
      return message;
  }
}

async function unknown(name: string, argv: readonly string[], command: Command): Promise<string> {
  if (argv.includes(name)) return `unexpected "${name}": expected foldwise ${commandSyntax(command)}`;
  const { nearestName } = await import('@foldwise/data');
  const known = Object.keys({ ...command.options, ...command.positionals, ...commonOptions });
  return `${command.name} has no option --${name}; the nearest is --${nearestName(name, known)}`;
}
