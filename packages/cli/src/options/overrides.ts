/** Takes options such as `--training.lr 5e-5` out of the arguments; the pipeline's schema checks them, not yargs. */
import { UsageError } from 'foldwise/usage-error';

/** Values by their path in the pipeline's configuration, such as `training.lr`. */
export type Overrides = Readonly<Record<string, unknown>>;

const dotted = /^--([A-Za-z][\w-]*(?:\.[\w-]+)+)(?:=(.*))?$/s;

/** @throws UsageError for one without a value, and one that is given twice */
export function takeOverrides(argv: readonly string[]): { rest: string[]; overrides: Overrides } {
  const rest: string[] = [];
  const overrides: Record<string, unknown> = {};
  for (let i = 0; i < argv.length; i++) {
    const match = dotted.exec(argv[i]!);
    if (!match) {
      rest.push(argv[i]!);
      continue;
    }
    const value = match[2] ?? argv[++i];
    if (value === undefined) throw new UsageError(`--${match[1]} needs a value`);
    if (Object.hasOwn(overrides, match[1]!))
      throw new UsageError(`--${match[1]} is given twice; leave one out`);
    overrides[match[1]!] = parseValue(value);
  }
  return { rest, overrides };
}

/** Numbers, true and false are written as in JSON; anything else is text. */
export function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
