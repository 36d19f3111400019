/** What a command of `foldwise` is; `execute` knows nothing else of them. */
import type { Listeners } from 'foldwise';
import type { Options, PositionalOptions } from 'yargs';
import type { Overrides } from '../options/overrides.ts';
import type { Progress } from '../progress/progress.ts';

export interface Command {
  name: string;
  describe: string;
  /** Positional arguments in order; brackets of yargs' syntax mark the optional ones. */
  positionals: Record<string, PositionalOptions & { demandOption?: boolean }>;
  options: Record<string, Options>;
  /** Command lines that people can copy, without `foldwise`, and what each does. */
  examples: readonly (readonly [line: string, what: string])[];
  /** Whether it takes options such as `--training.lr`, which change the pipeline's configuration. */
  takesOverrides?: boolean;
  run: (args: Arguments, context: Context) => Promise<Outcome>;
}

/** @returns a command as yargs and people read it, such as `score <submission> <truth>` */
export function commandSyntax({ name, positionals }: Command): string {
  const names = Object.entries(positionals).map(([key, { demandOption }]) =>
    demandOption ? `<${key}>` : `[${key}]`,
  );
  return [name, ...names].join(' ');
}

/** Values by the names of positionals and options; undefined where one was not given and has no default. */
export type Arguments = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Context {
  overrides: Overrides;
  progress: Progress;
  /** What the library's functions take, to show their progress and to be stopped by Ctrl-C and SIGTERM. */
  listeners: Required<Listeners>;
  /** Tells what to say of the work so far if the command is stopped. */
  onStop: (describe: () => string) => void;
}

/** The same result twice: for `--json`, and for people. */
export interface Outcome {
  json: unknown;
  text: string;
  /** 0 unless given. */
  exitCode?: number;
}
