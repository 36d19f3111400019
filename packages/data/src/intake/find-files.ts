/** Finds train, test and sample submission among the files of a folder or an archive, by their names. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { listTables } from '../sources/list-tables.ts';

export interface Files {
  train: string;
  test: string;
  sample: string;
}

/**
 * @param from a folder, or a zip archive such as Kaggle's
 * @returns paths as `takeFile` takes them; undefined for those that no name tells
 * @throws Error where there are no tables
 */
export async function findFiles(from: string): Promise<{ found: Partial<Files>; tables: string[] }> {
  const tables = await tablesOf(from);
  if (tables.length === 0) throw new Error(`${from}: holds no tables`);
  const samples = tables.filter((path) => /sample|submission|\bsub\b/i.test(nameOf(path)));
  const rest = tables.filter((path) => !samples.includes(path));
  return {
    found: {
      train: shortest(
        rest.filter((path) => /train/i.test(nameOf(path)) && !/unlabel|^test/i.test(nameOf(path))),
      ),
      test: shortest(
        rest.filter((path) => /test|eval/i.test(nameOf(path)) && !/label|train/i.test(nameOf(path))),
      ),
      sample: shortest(samples),
    },
    tables,
  };
}

const nameOf = (path: string): string => basename(path).replace(/\..*$/, '');

/** `train.csv` rather than `train_extra.csv`, and what lies higher up; undefined where that does not tell. */
function shortest(paths: readonly string[]): string | undefined {
  const [first, second] = [...paths].sort(
    (a, b) => nameOf(a).length - nameOf(b).length || a.length - b.length,
  );
  const isTie = second !== undefined && nameOf(first!) === nameOf(second) && first!.length === second.length;
  return isTie ? undefined : first;
}

async function tablesOf(from: string): Promise<string[]> {
  const isFolder = await stat(from).then(
    (found) => found.isDirectory(),
    () => {
      throw new Error(`${from}: there is no such file or folder`);
    },
  );
  if (!isFolder) return listTables(from);
  const names = (await readdir(from, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && TABLE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return (await Promise.all(names.map((path) => listTables(path).catch(() => [])))).flat();
}

const TABLE = /\.(csv|tsv|tab|txt|jsonl|ndjson|json|parquet|pq)(\.gz|\.zip)?$|\.zip$/i;
