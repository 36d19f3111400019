/** Finds the columns of two tables that are scored against each other. */
import { nearestName, type FileTable } from '@foldwise/data';
import { UsageError } from '../usage-error.ts';

export type ScoredColumns =
  /** The same columns in both files. */
  | { kind: 'targets'; targets: string[] }
  /** A column of classes in the truth; in the predictions a column for each class, in the order of the classes. */
  | { kind: 'classes'; target: string; classes: string[]; columns: string[] };

/**
 * @param id the column of ids, which both files must have
 * @param asked the columns to score; default: the only other one that both have, or the only one of the truth whose
 * values are columns of the predictions, named as the values or, as in a run's oof.csv, `target=value`
 * @param others columns that must be in the truth
 * @throws UsageError for columns that are not there, and where there is no choice or more than one
 */
export function scoredColumns(
  predictions: FileTable,
  truth: FileTable,
  { id, asked, others }: { id: string; asked: string[] | undefined; others: string[] },
): ScoredColumns {
  requireColumns(predictions, [id]);
  requireColumns(truth, [id, ...others, ...(asked ?? [])]);
  const shared = (asked ?? truth.header).filter(
    (name) => name !== id && !others.includes(name) && predictions.header.includes(name),
  );
  if (asked ? shared.length === asked.length : shared.length === 1)
    return { kind: 'targets', targets: shared };

  const candidates = (asked ?? (shared.length === 0 ? truth.header : [])).filter(
    (name) => name !== id && !others.includes(name),
  );
  const found = candidates.flatMap((target) => classColumns(predictions, truth, id, target) ?? []);
  if (found.length === 1) return found[0]!;
  if (asked) requireColumns(predictions, asked);
  const named = found.length > 0 ? found.map(({ target }) => target) : shared;
  const what =
    named.length === 0
      ? `share no column beside the id "${id}"`
      : `share the columns ${named.join(', ')}: name those to score with --target`;
  throw new UsageError(`${predictions.path} and ${truth.path} ${what}`);
}

function classColumns(
  predictions: FileTable,
  truth: FileTable,
  id: string,
  target: string,
): (ScoredColumns & { kind: 'classes' }) | undefined {
  const columns = predictions.header.filter((name) => name !== id);
  const prefix = `${target}=`;
  const isPrefixed = columns.every((name) => name.startsWith(prefix));
  const classes = isPrefixed ? columns.map((name) => name.slice(prefix.length)) : columns;
  const values = new Set((truth.table.array(target) as string[]).map((cell) => cell.trim()));
  const fits = classes.length > 1 && [...values].every((value) => classes.includes(value));
  return fits ? { kind: 'classes', target, classes, columns } : undefined;
}

function requireColumns({ path, header }: FileTable, names: string[]): void {
  const missing = names.find((name) => !header.includes(name));
  if (missing !== undefined)
    throw new UsageError(
      `${path}:1: there is no column "${missing}"; the nearest is "${nearestName(missing, header)}"; the columns are ${header.join(', ')}`,
    );
}
