/** Says in full what yargs says in short about arguments that it does not take. */
import { nearestName } from '@foldwise/data';
import { commandSyntax, type Command } from './commands/command.ts';
import { commands } from './commands/commands.ts';
import { commonOptions } from './options/common-options.ts';

/** @param message what yargs says */
export function explainUse(message: string, argv: readonly string[], command: Command | undefined): string {
  if (!command) return explainCommand(argv);
  const [, what, names = ''] = /^([^:]*):\s+(.*)$/s.exec(message) ?? [];
  const listed = names.split(', ');
  const help = `\`foldwise ${command.name} --help\` lists its options`;
  switch (what) {
    case 'Unknown argument':
    case 'Unknown arguments':
      return listed.map((name) => unknown(name, argv, command)).join('\n') + `; ${help}`;
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

function unknown(name: string, argv: readonly string[], command: Command): string {
  if (argv.includes(name)) return `unexpected "${name}": expected foldwise ${commandSyntax(command)}`;
  const known = Object.keys({ ...command.options, ...command.positionals, ...commonOptions });
  return `${command.name} has no option --${name}; the nearest is --${nearestName(name, known)}`;
}

function explainCommand(argv: readonly string[]): string {
  const names = commands.map(({ name }) => name);
  const wanted = argv.find((argument) => !argument.startsWith('-'));
  if (wanted === undefined)
    return `name a command: ${names.join(', ')}; \`foldwise --help\` tells what they do`;
  return `there is no command "${wanted}"; the nearest is "${nearestName(wanted, names)}"; known are ${names.join(', ')}`;
}
