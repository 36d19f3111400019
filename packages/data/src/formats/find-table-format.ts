/** Chooses a table's format by the ending of its file's name. */
import { csv, tsv } from './csv.ts';
import { jsonLines } from './json-lines.ts';
import { parquet } from './parquet.ts';
import type { TableFormat } from './table-format.ts';

/** Every format, by the endings of files: a new one is a file, a test and a line here. */
const formats: Record<string, TableFormat> = {
  '.csv': csv,
  '.tsv': tsv,
  '.tab': tsv,
  '.jsonl': jsonLines,
  '.ndjson': jsonLines,
  '.parquet': parquet,
  '.pq': parquet,
};

/** What people have instead, and how to come to a table that is read. */
const others: Record<string, string> = {
  '.xlsx': 'an Excel workbook: save the sheet as "CSV UTF-8" in Excel',
  '.xls': 'an Excel workbook: save the sheet as "CSV UTF-8" in Excel',
  '.xlsm': 'an Excel workbook: save the sheet as "CSV UTF-8" in Excel',
  '.ods': 'a spreadsheet: save the sheet as "Text CSV", UTF-8, in LibreOffice',
  '.json':
    'JSON, of which only JSON Lines is read: write one object a line into a file .jsonl (pandas: to_json(path, orient="records", lines=True))',
  '.feather': 'an Arrow file: write it as .parquet',
  '.arrow': 'an Arrow file: write it as .parquet',
  '.pkl': 'a Python pickle: write it as .parquet or .csv (pandas: to_parquet, to_csv)',
  '.rar': 'a RAR archive: unpack it, and name the table',
  '.7z': 'a 7z archive: unpack it, and name the table',
  '.tar': 'a tar archive: unpack it, and name the table',
  '.tgz': 'a tar archive: unpack it, and name the table',
  '.bz2': 'packed by bzip2: unpack it, or pack it by gzip',
  '.xz': 'packed by xz: unpack it, or pack it by gzip',
  '.zst': 'packed by zstd: unpack it, or pack it by gzip',
};

/**
 * @param name of the file, without `.gz`; other endings than the known ones are taken for CSV
 * @param path how errors name it
 * @throws Error for endings of known formats that are not read, with what to do
 */
export function findTableFormat(name: string, path: string): TableFormat {
  const other = others[endingOf(name)];
  if (other !== undefined) throw new Error(`${path}: ${other}`);
  return formats[endingOf(name)] ?? csv;
}

/** Whether a file's name has an ending of a table's, JSON included, which `takeFile` reads; it may be gzipped. */
export const isTableName = (name: string): boolean => {
  const ending = endingOf(name.replace(/\.gz$/i, ''));
  return ending in formats || ending === '.json';
};

const endingOf = (name: string): string => /\.[^.\\/]*$/.exec(name)?.[0].toLowerCase() ?? '';
