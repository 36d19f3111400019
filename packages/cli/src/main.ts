/** The `foldwise` command: parses the arguments, runs one command, prints its outcome, and sets the exit code. */
import yargs, { type Argv } from 'yargs';
import type { Arguments, Command, Outcome } from './command.ts';
import { commands } from './commands.ts';
import { commonOptions } from './common-options.ts';
import { commandSyntax } from './command-syntax.ts';
import { explainUse } from './explain-use.ts';
import { findCommand } from './find-command.ts';
import { Interruption, watchForInterruption } from './interruption.ts';
import { print } from './print.ts';
import { startProgress } from './progress/start-progress.ts';
import { takeOverrides, type Overrides } from './take-overrides.ts';
import { UsageError } from './usage-error.ts';

/** @param argv the arguments after the program's name */
export async function main(argv: readonly string[]): Promise<void> {
  const wantsJson = argv.includes('--json');
  try {
    const { rest, overrides } = takeOverrides(argv);
    const parsed = await parse(rest, overrides);
    if (!parsed) return; // It was --help or --version.
    const outcome = await run(parsed.command, parsed.args, overrides);
    print.result(wantsJson ? JSON.stringify(outcome.json, null, 2) : outcome.text);
    await leave(outcome.exitCode ?? 0);
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

async function run(command: Command, args: Arguments, overrides: Overrides): Promise<Outcome> {
  let describe = (): string => '';
  const interruption = watchForInterruption(() => describe());
  const progress = await startProgress({ quiet: Boolean(args['quiet']) });
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
  const command = await findCommand(argv);
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
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .fail((message, error) => {
      throw new UsageError(message ?? error.message);
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
    throw new UsageError(await explainUse((error as Error).message, argv, command), { cause: error });
  }
  return command && args && { command, args };
}

function build(parser: Argv, { positionals, options, takesOverrides }: Command): Argv {
  for (const [name, positional] of Object.entries(positionals)) parser.positional(name, positional);
  if (takesOverrides)
    parser.epilogue('Everything else of a pipeline is changed by its path, such as --training.warmup 0.2.');
  return parser.options(options);
}
