/** Strict zod schemas: what is not known in a file, or wrong, becomes one readable error that names the nearest. */
import { z } from 'zod';
import { nearestName } from './nearest-name.ts';

/** `z.strictObject(shape)` with errors such as `unknown key "epoch"; the nearest known one is "epochs"`. */
export function strictObject<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .map(
              (key) =>
                `unknown key "${key}"; the nearest known one is "${nearestName(key, Object.keys(shape))}"`,
            )
            .join('; ')
        : undefined,
  });
}

/**
 * Parses a value, and turns all of its issues into one error.
 *
 * @param where the file that the value came from, for the message
 * @throws Error with one line an issue: `where: path.to.key: expected …, got …`
 */
export function parseStrictly<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    const what = `${path && `${path}: `}${describe(issue, at(value, issue.path))}`;
    // Keys come from the user's file, with whatever is in them.
    return `${where}: ${what.replaceAll('\n', '\\n')}`;
  });
  throw new Error(lines.join('\n'));
}

/** zod says the expectation and the type that came; a person wants the value that came. */
function describe(issue: z.core.$ZodIssue, got: unknown): string {
  if (issue.code === 'unrecognized_keys') return issue.message;
  const expectation = issue.message.replace(/^[A-Z][\w ]*: (?=expected)/, '').replace(/, received .*$/s, '');
  if (got === undefined) return `${expectation}, but it is missing`;
  return `${expectation}, got ${typeof got === 'number' ? String(got) : JSON.stringify(got)}`;
}

function at(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((v, key) => (v as Record<PropertyKey, unknown> | undefined)?.[key], value);
}
