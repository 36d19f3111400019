/** Reads a table of text that is not UTF-8 CSV as RFC 4180 has it, where one reading of it fits all of its lines. */
import { decodeText } from './decode-text.ts';
import { joinSurplus } from './join-surplus.ts';
import { splitRecords, type Dialect } from './split-records.ts';

export interface Repaired {
  header: string[];
  /** [columns][rows] */
  columns: string[][];
  /** What was wrong, for people; empty where nothing was. */
  notes: string[];
}

const SEPARATORS: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };
const QUOTES: Record<Dialect['quotes'], string> = {
  doubled: '',
  backslash: 'with backslashes before quotes',
  none: 'without quotes around fields',
};

/**
 * @param path for errors
 * @param separator what the file's name promises, tried first
 * @returns undefined where no reading gives the same number of fields on every line, two or more unless the file is in another encoding
 * @throws Error as `decodeText`
 */
export function repairTable(
  bytes: Buffer,
  path: string,
  { separator, encoding }: { separator: string; encoding: string | undefined },
): Repaired | undefined {
  const { text, encoding: found } = decodeText(bytes, path, encoding);
  const separators = [separator, ...Object.keys(SEPARATORS).filter((other) => other !== separator)];
  const notes = found === undefined ? [] : [`in ${found}`];
  const returns = /\r(?!\n)/.test(text) && text.includes('\n') ? [false, true] : [false];
  // What fits all lines as it is comes before what fits once the surplus is joined.
  for (const hasSurplus of [false, true])
    for (const quotes of ['doubled', 'backslash', 'none'] as const)
      for (const each of separators)
        for (const keepsReturns of returns) {
          const records = splitRecords(text, { separator: each, quotes, keepsReturns, hasSurplus });
          if (!records || records.length < 2) continue;
          if (quotes === 'none' && isQuoted(records)) continue;
          const joined = hasSurplus ? joinSurplus(records, each) : undefined;
          if (hasSurplus && joined === undefined) continue;
          if (each !== separator) notes.push(`separated by ${SEPARATORS[each]}`);
          if (quotes !== 'doubled') notes.push(QUOTES[quotes]);
          if (keepsReturns) notes.push('with carriage returns within lines');
          if (joined) notes.push(joined);
          const header = namesOf(records[0]!, notes);
          const columns = header.map((_, c) => records.slice(1).map((record) => record[c]!));
          if (each === ';') pointDecimals(header, columns, notes);
          return { header, columns, notes };
        }
  // A test file of texts alone, in another encoding.
  const single =
    found === undefined ? undefined : splitRecords(text, { separator, quotes: 'doubled', isSingle: true });
  if (single?.[0]?.length !== 1) return undefined;
  return { header: namesOf(single[0], notes), columns: [single.slice(1).map(([cell]) => cell!)], notes };
}

/** Where semicolons separate, as spreadsheets write them in much of Europe, numbers have decimal commas. */
function pointDecimals(header: readonly string[], columns: string[][], notes: string[]): void {
  columns.forEach((cells, c) => {
    const filled = cells.filter((cell) => cell.trim() !== '');
    if (
      !filled.some((cell) => cell.includes(',')) ||
      !filled.every((cell) => /^\s*[+-]?\d+(,\d+)?\s*$/.test(cell))
    )
      return;
    columns[c] = cells.map((cell) => cell.replace(',', '.'));
    notes.push(`with decimal commas in ${header[c]}`);
  });
}

/** Quotes around most fields of a column are no characters of them. */
function isQuoted(records: readonly string[][]): boolean {
  return records[0]!.some((_, c) => {
    const inQuotes = records.filter((record) => /^".*"$/s.test(record[c]!)).length;
    return inQuotes > records.length / 2;
  });
}

/** Names for columns without one, such as the row numbers that pandas writes, and for those of the same name. */
function namesOf(names: readonly string[], notes: string[]): string[] {
  const header: string[] = [];
  names.forEach((name, c) => {
    const wanted = name.trim() === '' || name === '__proto__' ? 'unnamed' : name;
    let own = wanted;
    for (let number = 2; header.includes(own) || (own !== name && names.includes(own)); number++)
      own = `${wanted}_${number}`;
    if (own !== name)
      notes.push(`column ${c + 1} ${name === '' ? 'without a name' : `named ${name} again`}, now ${own}`);
    header.push(own);
  });
  return header;
}
