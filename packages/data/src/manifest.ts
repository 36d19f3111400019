/** The competition manifest, `data/<name>/competition.json`: its files, columns, task and metric. */
import { win32 } from 'node:path';
import { z } from 'zod';
import { parseStrictly } from './parse-strictly.ts';
import { strictObject } from './strict-object.ts';
import { task } from './task.ts';

const text = z.string().trim().min(1, 'expected a text that is not empty');

/** The rule is about names, not links: a folder may hold symbolic links to large files elsewhere. */
const file = text.refine(
  // win32 knows the absolute paths of both systems.
  (path) => !win32.isAbsolute(path) && !path.split(/[\\/]/).includes('..'),
  "expected a path inside the competition's folder",
);

/** A folder's name, for competitions and pipelines alike. */
export const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected a folder name of letters, digits, "-", "_" and "."');

const targets = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
    error: 'expected a column name or a list of column names',
  })
  .transform((target) => (typeof target === 'string' ? [target] : target));

const schema = strictObject({
  name,
  title: text,
  source: text.optional(),
  license: text.optional(),
  files: strictObject({ train: file, test: file, sample: file }),
  columns: strictObject({ id: z.string().min(1), text: z.string().min(1), target: targets }).superRefine(
    ({ id, text, target }, context) => {
      const columns = [id, text, ...target];
      const repeated = columns.find((column, i) => columns.indexOf(column) < i);
      if (repeated !== undefined) context.addIssue(`expected different columns, "${repeated}" is named twice`);
    },
  ),
  task,
  /** Of an ordinal task: its classes from the lowest to the highest. May be left out where they are numbers. */
  classes: z.array(text).min(2).optional(),
  metric: text,
}).superRefine(({ task, columns, classes }, context) => {
  const issue = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (task !== 'regression' && task !== 'multi-label' && columns.target.length > 1)
    issue(['columns', 'target'], `expected one column for a ${task} task`);
  if (classes && task !== 'ordinal') issue(['classes'], `expected none for a ${task} task, which has no order`);
  if (classes && new Set(classes).size < classes.length) issue(['classes'], 'expected each class once');
});

export type Manifest = z.output<typeof schema>;

/**
 * @param value the parsed JSON
 * @param where the file that it came from, for errors
 * @returns the manifest; `columns.target` is always a list
 * @throws Error with one line for each unknown key, missing key or wrong value
 */
export function parseManifest(value: unknown, where: string): Manifest {
  return parseStrictly(schema, value, where);
}
