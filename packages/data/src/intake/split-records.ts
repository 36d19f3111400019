/** Splits text into records by a dialect of CSV that programs write against RFC 4180; whoever asks judges the result. */

export interface Dialect {
  separator: string;
  /** How a quote is written within quotes; `none` where quotes are characters like others. */
  quotes: 'doubled' | 'backslash' | 'none';
  /** A carriage return is a character like others, unless a line feed follows. */
  keepsReturns?: boolean;
  /** Records may have one field: no separator is there. */
  isSingle?: boolean;
  /** Records may have more fields than the first. */
  hasSurplus?: boolean;
}

/**
 * @returns undefined where a quote is never closed, or something but a separator follows a closing one, or once a
 * record has another number of fields than the first, or that has one, unless it may; empty lines are dropped
 */
export function splitRecords(
  text: string,
  { separator, quotes, keepsReturns = false, isSingle = false, hasSurplus = false }: Dialect,
): string[][] | undefined {
  const isEnd = (at: number): boolean =>
    text[at] === '\n' || (text[at] === '\r' && (!keepsReturns || text[at + 1] === '\n'));
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (quotes !== 'none' && text[at] === '"') {
      const closed = readQuoted(text, at + 1, quotes);
      if (!closed) return undefined;
      ({ field, at } = closed);
    } else {
      const end = endOfField(text, at, separator, isEnd);
      field = text.slice(at, end);
      at = end;
    }
    record.push(field);
    if (text[at] === separator) {
      at++;
      if (at < text.length) continue;
      record.push('');
    } else if (at < text.length) {
      if (text[at] === '\r' && text[at + 1] === '\n') at++;
      else if (!isEnd(at)) return undefined;
      at++;
    }
    if (record.length > 1 || record[0] !== '') {
      if (records.length === 0 && record.length < 2 && !isSingle) return undefined;
      const surplus = records.length > 0 ? record.length - records[0]!.length : 0;
      if (surplus < 0 || (surplus > 0 && !hasSurplus)) return undefined;
      records.push(record);
    }
    record = [];
  }
  return records;
}

function readQuoted(
  text: string,
  from: number,
  quotes: 'doubled' | 'backslash',
): { field: string; at: number } | undefined {
  let field = '';
  let start = from;
  for (let at = from; at < text.length; at++) {
    if (quotes === 'backslash' && text[at] === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) {
      field += text.slice(start, at);
      start = ++at;
      continue;
    }
    if (text[at] !== '"') continue;
    field += text.slice(start, at);
    if (text[at + 1] !== '"') return { field, at: at + 1 };
    start = ++at;
  }
  return undefined;
}

function endOfField(text: string, from: number, separator: string, isEnd: (at: number) => boolean): number {
  for (let at = from; at < text.length; at++) if (text[at] === separator || isEnd(at)) return at;
  return text.length;
}
