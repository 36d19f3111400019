/** Reads the command line: yargs says which command it is, and checks its options. */
import { UsageError } from 'foldwise/usage-error';
import yargs, { type Argv } from 'yargs';
import { commandSyntax, type Arguments, type Command } from './commands/command.ts';
import { commands } from './commands/commands.ts';
import { commonOptions } from './options/common-options.ts';
import { takeOverrides, type Overrides } from './options/overrides.ts';

export interface Parsed {
  command: Command;
  args: Arguments;
  overrides: Overrides;
}

/**
 * @param argv the arguments after the program's name
 * @returns undefined for `--help` and `--version`, which print themselves
 * @throws UsageError for wrong use
 */
export async function parse(argv: readonly string[]): Promise<Parsed | undefined> {
  const { rest, overrides } = takeOverrides(argv);
  let command: Command | undefined;
  let args: Arguments | undefined;
  const parser = yargs()
    .scriptName('foldwise')
    .usage('$0 <command> [options]')
    .locale('en')
    .parserConfiguration({ 'camel-case-expansion': false, 'dot-notation': false })
    .options(commonOptions)
    .strict()
    .demandCommand(1)
    .exitProcess(false)
    .epilogue('`foldwise <command> --help` tells more, with examples.')
    .wrap(process.stdout.isTTY ? Math.min(100, process.stdout.columns) : 100)
    .fail((message, error) => {
      throw new UsageError(message || error.message);
    });
  for (const each of commands)
    parser.command(
      commandSyntax(each),
      each.describe,
      (y) => {
        command = each;
        return build(y, each);
      },
      (given) => void (args = given as Arguments),
    );
  try {
    await parser.parseAsync(rest);
  } catch (error) {
    const { explainUse } = await import('./explain-use.ts');
    throw new UsageError(await explainUse((error as Error).message, rest, command), { cause: error });
  }
  if (!command || !args) return undefined;
  refuseRepeated(args);
  const [override] = Object.keys(overrides);
  if (!command.takesOverrides && override !== undefined)
    throw new UsageError(`${command.name} does not take --${override}`);
  return { command, args, overrides };
}

function build(parser: Argv, { positionals, options, takesOverrides, examples }: Command): Argv {
  for (const [name, positional] of Object.entries(positionals)) parser.positional(name, positional);
  for (const [line, what] of examples) parser.example(`$0 ${line}`, what);
  parser.epilogue(
    takesOverrides
      ? 'Everything else of a pipeline is changed by its path, such as --training.warmup 0.2.'
      : '',
  );
  return parser.options(options);
}

/** yargs makes a list of an option that is given twice. */
function refuseRepeated(args: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(args))
    if (name !== '_' && Array.isArray(value))
      throw new UsageError(
        `--${name} is given ${value.length === 2 ? 'twice' : `${value.length} times`}: ${value.map((one) => JSON.stringify(one)).join(' and ')}; leave all but one out`,
      );
}
