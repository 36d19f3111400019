/** How the sample submission is written, beyond its columns and rows: line ends, quotes and decimals. */
import { findTableFormat } from '../formats/find-table-format.ts';
import type { FileTable } from '../tables/read-table.ts';
import { findSource } from '../sources/find-source.ts';
import type { TableSource } from '../sources/table-source.ts';

export interface SampleStyle {
  lineEnd: '\n' | '\r\n';
  /** Whether names and cells stand in quotes that they do not need, for each column in the file's order. */
  quoted: { header: boolean; cells: boolean }[];
  /** The fewest digits behind the point of a column's cells; undefined where one of them is no decimal number. */
  decimals: (number | undefined)[];
}

/** Quotes and line ends are the same in all of a file that a program wrote. */
const LOOKED_AT = 64 * 1024;

/**
 * @param sample as it was read; its file is looked at once more, for what reading drops. Formats other than CSV have no
 * quotes and lines to follow
 */
export async function sampleStyle({ path, header, cells }: FileTable): Promise<SampleStyle> {
  const source = await findSource(path);
  const { separator } = findTableFormat(source.name, path);
  const { lineEnd, records } = splitRaw(separator ? await start(source) : '', separator);
  const [names, ...rows] = records.filter((record) => record.length === header.length);
  return {
    lineEnd,
    quoted: header.map((_, c) => ({
      header: isQuoted(names?.[c]),
      cells: rows.length > 0 && rows.every((row) => isQuoted(row[c])),
    })),
    decimals: header.map((name) => fewestDecimals(cells(name))),
  };
}

function fewestDecimals(cells: readonly string[]): number | undefined {
  let fewest: number | undefined;
  for (const cell of cells) {
    const match = /^[+-]?\d+(?:\.(\d*))?$/.exec(cell.trim());
    if (!match) return undefined;
    fewest = Math.min(fewest ?? Infinity, match[1]?.length ?? 0);
  }
  return fewest;
}

const isQuoted = (field: string | undefined): boolean => field?.startsWith('"') ?? false;

async function start(source: TableSource): Promise<string> {
  const blocks: Buffer[] = [];
  let length = 0;
  for await (const block of source.bytes()) {
    blocks.push(block);
    length += block.length;
    if (length >= LOOKED_AT) break;
  }
  return Buffer.concat(blocks)
    .toString('utf8', 0, LOOKED_AT)
    .replace(/^\uFEFF/, '');
}

/** The fields as they stand in the file, quotes included; a record that the text's end cuts is left out. */
function splitRaw(
  text: string,
  separator: string | undefined,
): { lineEnd: SampleStyle['lineEnd']; records: string[][] } {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let inQuotes = false;
  let lineEnd: SampleStyle['lineEnd'] = '\n';
  for (const character of text) {
    if (character === '"') inQuotes = !inQuotes;
    if (!inQuotes && (character === separator || character === '\n')) {
      if (character === '\n' && records.length === 0 && field.endsWith('\r')) lineEnd = '\r\n';
      record.push(character === '\n' ? field.replace(/\r$/, '') : field);
      field = '';
      if (character === separator) continue;
      records.push(record);
      record = [];
    } else field += character;
  }
  return { lineEnd, records };
}
