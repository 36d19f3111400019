/** Says in full what yargs says in short about arguments that it does not take. */
import { commandSyntax, type Command } from './commands/command.ts';
import { commands } from './commands/commands.ts';
import { commonOptions } from './options/common-options.ts';

/** @param message what yargs says */
export async function explainUse(
  message: string,
  argv: readonly string[],
  command: Command | undefined,
): Promise<string> {
  const { nearestName } = await import('foldwise');
  if (!command) return explainCommand(argv, nearestName);
  const [, what, names = ''] = /^([^:]*):\s+(.*)$/s.exec(message) ?? [];
  const listed = names.split(', ');
  const help = `\`foldwise ${command.name} --help\` lists its options`;
  switch (what) {
    case 'Unknown argument':
    case 'Unknown arguments':
      return listed.map((name) => unknown(name, argv, command, nearestName)).join('\n') + `; ${help}`;
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

type Nearest = (name: string, known: readonly string[]) => string | undefined;

function unknown(name: string, argv: readonly string[], command: Command, nearestName: Nearest): string {
  if (argv.includes(name)) return `unexpected "${name}": expected foldwise ${commandSyntax(command)}`;
  const known = Object.keys({ ...command.options, ...command.positionals, ...commonOptions });
  return `${command.name} has no option --${name}; the nearest is --${nearestName(name, known)}`;
}

function explainCommand(argv: readonly string[], nearestName: Nearest): string {
  const names = commands.map(({ name }) => name);
  const wanted = argv.find((argument) => !argument.startsWith('-'));
  if (wanted === undefined)
    return `name a command: ${names.join(', ')}; \`foldwise --help\` tells what they do`;
  const command = argv.find((argument) => names.includes(argument));
  if (command !== undefined) return `write the command first, then its options: foldwise ${command} …`;
  return `there is no command "${wanted}"; the nearest is "${nearestName(wanted, names)}"; known are ${names.join(', ')}`;
}
