/** Parses the arguments and runs one command; leaves printing the outcome, and ending the process, to `main`. */
import yargs, { type Argv } from 'yargs';
import { commandSyntax, type Arguments, type Command, type Outcome } from './commands/command.ts';
import { commands } from './commands/commands.ts';
import { commonOptions } from './options/common-options.ts';
import { watchForInterruption, type Interruption } from './interruption.ts';
import { startProgress } from './progress/start-progress.ts';
import { takeOverrides, type Overrides } from './options/overrides.ts';
import { UsageError } from './usage-error.ts';

/**
 * @param argv the arguments after the program's name
 * @returns undefined for `--help` and `--version`, which print themselves
 * @throws UsageError for wrong use; Interruption when stopped by a signal; Error for a failure
 */
export async function execute(argv: readonly string[]): Promise<Outcome | undefined> {
  const { rest, overrides } = takeOverrides(argv);
  const parsed = await parse(rest, overrides);
  return parsed && run(parsed.command, parsed.args, overrides);
}

async function run(command: Command, args: Arguments, overrides: Overrides): Promise<Outcome> {
  let describe = (): string => '';
  const progress = await startProgress({ quiet: Boolean(args['quiet']) });
  const interruption = watchForInterruption(
    () => describe(),
    () => progress.stop(),
  );
  const { signal } = interruption;
  try {
    const onStop = (say: () => string): void => void (describe = say);
    return await command.run(args, { overrides, progress, signal, onStop });
  } catch (error) {
    if (!signal.aborted) throw error;
    const reason = signal.reason as Interruption;
    reason.message = `${reason.message} ${describe()}`.trimEnd();
    throw reason;
  } finally {
    progress.stop();
    interruption.dispose();
  }
}

async function parse(
  argv: string[],
  overrides: Overrides,
): Promise<{ command: Command; args: Arguments } | undefined> {
  const command = commands.find(({ name }) => name === argv.find((argument) => !argument.startsWith('-')));
  const [override] = Object.keys(overrides);
  if (command && !command.takesOverrides && override !== undefined)
    throw new UsageError(`${command.name} does not take --${override}`);

  let args: Arguments | undefined;
  const parser = yargs()
    .scriptName('foldwise')
    .usage('$0 <command> [options]')
    .locale('en')
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'duplicate-arguments-array': false,
    })
    .options(commonOptions)
    .strict()
    .demandCommand(1)
    .exitProcess(false)
    .wrap(process.stdout.isTTY ? Math.min(100, process.stdout.columns) : 100)
    .fail((message, error) => {
      throw new UsageError(message || error.message);
    });
  for (const each of commands)
    parser.command(
      commandSyntax(each),
      each.describe,
      (y) => build(y, each),
      (given) => void (args = given as Arguments),
    );
  try {
    await parser.parseAsync(argv);
  } catch (error) {
    const { explainUse } = await import('./explain-use.ts');
    throw new UsageError(explainUse((error as Error).message, argv, command), { cause: error });
  }
  return command && args && { command, args };
}

function build(parser: Argv, { positionals, options, takesOverrides }: Command): Argv {
  for (const [name, positional] of Object.entries(positionals)) parser.positional(name, positional);
  if (takesOverrides)
    parser.epilogue('Everything else of a pipeline is changed by its path, such as --training.warmup 0.2.');
  return parser.options(options);
}
