/** The competition manifest, `data/<name>/competition.json`: its files, columns, task and metric. */
import { win32 } from 'node:path';
import { z } from 'zod';
import { parseStrictly, strictObject } from '../schema/strict-schema.ts';

/** What competitions ask for. Ordinal: classes that have an order, such as grades. */
export const task = z.enum(['regression', 'binary', 'multi-class', 'multi-label', 'ordinal']);

export type Task = z.output<typeof task>;

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

const column = z.string().min(1);

const columnNames = z.union([column, z.array(column).min(1)], {
  error: 'expected a column name or a list of column names',
});

const columns = strictObject({
  /**
   * The column that names the rows; or its names by file, where they differ. A file that is left out of them has none:
   * train rows are then known by their number, from 0, and test rows by the sample's ids, in its order.
   */
  id: z.union([column, strictObject({ train: column.optional(), test: column.optional(), sample: column })], {
    error:
      'expected a column name, or names such as { "train": "train_id", "test": "test_id", "sample": "id" }',
  }),
  /** Two are a pair, in this order; of several, the first is the text, and the others together are its pair. */
  text: columnNames.transform((text) =>
    typeof text === 'string' ? text : text.length === 1 ? text[0]! : text,
  ),
  /** Joins several to one text, with this in between; where it is left out, they are a pair. */
  separator: z.string().optional(),
  target: columnNames.transform((target) => (typeof target === 'string' ? [target] : target)),
  /** Of the train file: rows with the same value belong together, such as those of one author. */
  group: column.optional(),
})
  .superRefine(({ id, text, separator, target }, context) => {
    const used = [typeof id === 'string' ? id : id.train, text, target].flat();
    const repeated = used.find((column, i) => column !== undefined && used.indexOf(column) < i);
    if (repeated !== undefined) context.addIssue(`expected different columns, "${repeated}" is named twice`);
    if (separator !== undefined && typeof text === 'string')
      context.addIssue({
        code: 'custom',
        path: ['separator'],
        message: 'expected none for a single text column',
      });
  })
  .transform(({ id, ...columns }) => ({
    ...columns,
    id: typeof id === 'string' ? id : id.sample,
    idOf: typeof id === 'string' ? undefined : { train: id.train, test: id.test },
  }));

const schema = strictObject({
  name,
  title: text,
  source: text.optional(),
  license: text.optional(),
  /** The competition's slug on Kaggle: the last part of its address. */
  kaggle: text.optional(),
  files: strictObject({ train: file, test: file, sample: file }),
  columns,
  task,
  /**
   * Of an ordinal task: its classes from the lowest to the highest; may be left out where they are numbers. Of a binary
   * or multi-label task: what is written for no and for yes, in this order; 0 and 1 where it is left out.
   */
  classes: z.array(text).min(2).optional(),
  metric: text,
  /** Columns of the sample that are named otherwise: the target, or the class, that each of them holds. */
  submission: z.record(column, text).optional(),
}).superRefine(({ task, columns, classes }, context) => {
  const issue = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  // Several columns of a multi-class task hold a 1 in the row's class, and 0 in the others.
  if ((task === 'binary' || task === 'ordinal') && columns.target.length > 1)
    issue(['columns', 'target'], `expected one column for a ${task} task`);
  if (classes && (task === 'regression' || task === 'multi-class'))
    issue(['classes'], `expected none for a ${task} task, which has no order`);
  if (classes && (task === 'binary' || task === 'multi-label') && classes.length !== 2)
    issue(['classes'], `expected two for a ${task} task: what is written for no and for yes`);
  if (classes && new Set(classes).size < classes.length) issue(['classes'], 'expected each class once');
});

export type Manifest = z.output<typeof schema>;

/**
 * @param value the parsed JSON
 * @param where the file that it came from, for errors
 * @returns the manifest; `columns.target` is always a list, `columns.id` the sample's name of the id column, by which
 * written files are keyed, and `columns.idOf` the names in train and test, where the manifest gives them one by one
 * @throws Error with one line for each unknown key, missing key or wrong value
 */
export function parseManifest(value: unknown, where: string): Manifest {
  return parseStrictly(schema, value, where);
}
