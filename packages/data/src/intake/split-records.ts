/** Splits text into records by a dialect of CSV that programs write against RFC 4180; whoever asks judges the result. */

export interface Dialect {
  separator: string;
  /** How a quote is written within quotes; `none` where quotes are characters like others. */
  quotes: 'doubled' | 'backslash' | 'none';
}

/**
 * @returns undefined where a quote is never closed, or something but a separator follows a closing one, or once a
 * record has another number of fields than the first; empty lines are dropped
 */
export function splitRecords(text: string, { separator, quotes }: Dialect): string[][] | undefined {
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
      const end = endOfField(text, at, separator);
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
      else if (text[at] !== '\n' && text[at] !== '\r') return undefined;
      at++;
    }
    if (record.length > 1 || record[0] !== '') {
      if (records.length > 0 && record.length !== records[0]!.length) return undefined;
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

function endOfField(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at]!;
    if (character === separator || character === '\n' || character === '\r') return at;
  }
  return text.length;
}
