/** Brings one of a competition's files into its folder, unpacked, and written anew where it is not as tables are read. */
import { createWriteStream } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findTableFormat } from '../formats/find-table-format.ts';
import { readTable, type FileTable } from '../tables/read-table.ts';
import { findSource } from '../sources/find-source.ts';
import { writeTable } from '../tables/write-table.ts';
import { jsonRows } from './json-rows.ts';
import { repairTable } from './repair-table.ts';

export interface Taken {
  /** Its name in the folder. */
  file: string;
  /** As read; errors name the file that it came from. */
  table: FileTable;
  /** What was changed, for people; undefined where the file is as it was. */
  note: string | undefined;
}

/** Node's longest text, about. */
const MOST_BYTES = 500e6;

/**
 * @param path a file, or a member of an archive as `readTable` takes it
 * @param name of the new file, without its ending
 * @param encoding of files that are not UTF-8
 * @throws Undecided where the encoding is not known; Error for what is not a table
 */
export async function takeFile(
  path: string,
  folder: string,
  { name, encoding, signal }: { name: string; encoding?: string | undefined; signal?: AbortSignal },
): Promise<Taken> {
  const source = await findSource(path);
  const ending = extname(source.name).toLowerCase();
  const isJson = ending === '.json';
  if (!isJson) findTableFormat(source.name, source.path);
  const isKnown = ['.tsv', '.tab', '.jsonl', '.ndjson', '.parquet', '.pq', '.json'].includes(ending);
  let target = join(folder, `${name}${isKnown ? ending : '.csv'}`);
  await pipeline(Readable.from(source.bytes()), createWriteStream(target), { signal });
  if (isJson) target = await asTable(target, source.path);
  const table = await readTable(target).catch((error: Error) => error);
  const taken = (file: string, read: FileTable, note?: string): Taken => ({
    file: file.slice(folder.length + 1),
    table: { ...read, path: source.path },
    note: note === undefined && isJson ? `${source.path}: JSON, now ${file.slice(folder.length + 1)}` : note,
  });
  const isRead = !(table instanceof Error);
  // One column, as it seems, with another separator in its name.
  if (isRead && !(table.header.length === 1 && /[;|\t,]/.test(table.header[0]!))) return taken(target, table);

  const anew = join(folder, `${name}.csv`);
  const isText = /\.(csv|tsv|tab)$/.test(target);
  const repaired =
    isText && (await stat(target)).size <= MOST_BYTES
      ? repairTable(await readFile(target), source.path, {
          separator: extname(target) === '.csv' ? ',' : '\t',
          encoding,
        })
      : undefined;
  if (!repaired && isRead) return taken(target, table);
  if (!repaired) throw new Error((table as Error).message.replaceAll(target, source.path), { cause: table });
  await rm(target);
  await writeTable(anew, repaired.header, repaired.columns);
  const was = repaired.notes.length > 0 ? repaired.notes.join('; ') : 'with lines that are no records';
  return taken(anew, await readTable(anew), `${source.path} was ${was}: written anew as ${name}.csv`);
}

/** JSON is an array, or an object a line, whatever the name says. */
async function asTable(file: string, path: string): Promise<string> {
  if ((await stat(file)).size > MOST_BYTES)
    throw new Error(`${path}: JSON of more than ${MOST_BYTES / 1e6} MB; write it as .jsonl or .parquet`);
  const rows = jsonRows(await readFile(file, 'utf8'), path);
  const target = file.replace(/\.json$/, rows ? '.csv' : '.jsonl');
  if (!rows) await rename(file, target);
  else {
    await rm(file);
    await writeTable(target, rows.header, rows.columns);
  }
  return target;
}
