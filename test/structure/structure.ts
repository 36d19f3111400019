/** Checks how the repository is laid out: short files, small folders, and no two files that import each other. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { importCycles } from './import-cycles.ts';

const MOST_LINES = 300;
const MOST_FILES = 20;

/** What others wrote, and what programs did. */
const skipped = new Set(['node_modules', 'out-tsc', 'dist', 'fixtures']);

export interface Fault {
  rule: 'lines' | 'files' | 'cycle';
  /** The file, the folder, or the files of the cycle from the first by name, as `a.ts → b.ts`. */
  where: string;
  message: string;
}

export interface Exception extends Pick<Fault, 'rule' | 'where'> {
  reason: string;
}

/** @param folders of the root, with `/` between the parts of paths; all that they hold is looked at */
export function findFaults(root: string, folders: readonly string[]): Fault[] {
  const files = folders.flatMap((folder) => filesIn(root, folder));
  const texts = new Map(
    files.filter(isTypeScript).map((file) => [file, readFileSync(join(root, file), 'utf8')]),
  );
  return [...longFiles(texts), ...fullFolders(files), ...cycles(texts)];
}

/** @returns a line for each fault without an exception, and for each exception without a fault */
export function unexcused(faults: readonly Fault[], exceptions: readonly Exception[]): string[] {
  const isSame = (a: Exception | Fault) => (b: Exception | Fault) => a.rule === b.rule && a.where === b.where;
  return [
    ...faults.filter((fault) => !exceptions.some(isSame(fault))).map(({ message }) => message),
    ...exceptions
      .filter((exception) => !faults.some(isSame(exception)))
      .map(({ rule, where }) => `the exception for ${where} (${rule}) is not needed any more: remove it`),
  ];
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isFile()) return [path];
    const isOurs = entry.isDirectory() && !skipped.has(entry.name) && !entry.name.startsWith('.');
    return isOurs ? filesIn(root, path) : [];
  });
}

const isTypeScript = (file: string): boolean => /\.[mc]?tsx?$/.test(file);

const isSource = (file: string): boolean =>
  /\.([mc]?[tj]sx?|py|c|h)$/.test(file) && !/\.(test|d)\.[mc]?tsx?$/.test(file);

function longFiles(texts: ReadonlyMap<string, string>): Fault[] {
  return [...texts].flatMap(([where, text]) => {
    const lines = text.split('\n').length - Number(text.endsWith('\n'));
    const message = `${where} has ${lines} lines, and ${MOST_LINES} are the most: make two ideas of it`;
    return lines > MOST_LINES ? [{ rule: 'lines', where, message }] : [];
  });
}

function fullFolders(files: readonly string[]): Fault[] {
  const counts = new Map<string, number>();
  for (const folder of files.filter(isSource).map((file) => dirname(file)))
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return [...counts].flatMap(([where, count]) => {
    const message = `${where} has ${count} source files, and ${MOST_FILES} are the most: give it folders`;
    return count > MOST_FILES ? [{ rule: 'files', where, message }] : [];
  });
}

/** Imports of types and those within functions count, too. */
function cycles(texts: ReadonlyMap<string, string>): Fault[] {
  const imports = new Map(
    [...texts].map(([file, text]) => [
      file,
      ts
        .preProcessFile(text)
        .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => posix.join(posix.dirname(file), fileName))
        .filter((imported) => texts.has(imported)),
    ]),
  );
  return importCycles(imports).map((cycle) => ({
    rule: 'cycle',
    where: cycle.join(' → '),
    message: `files import each other: ${[...cycle, cycle[0]].join(' → ')}; move what both need into a third`,
  }));
}
