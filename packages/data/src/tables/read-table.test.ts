import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';

let path: string;
beforeAll(async () => void (path = join(await mkdtemp(join(tmpdir(), 'read-table-')), 't.csv')));
afterAll(() => rm(join(path, '..'), { recursive: true }));

async function read(content: string | Uint8Array) {
  await writeFile(path, content);
  const { header, table, lines } = await readTable(path);
  return { columns: Object.fromEntries(header.map((name) => [name, table.array(name)])), lines };
}

async function messageOf(content: string | Uint8Array): Promise<string> {
  const error = await read(content).then(
    () => new Error('no error'),
    (e: Error) => e,
  );
  return error.message.replaceAll(path, 't.csv');
}

describe('readTable', () => {
  const plain = { columns: { id: ['1', '2'], text: ['a', 'b'] }, lines: [2, 3] };

  it.each([
    ['line feeds', 'id,text\n1,a\n2,b\n'],
    ['no line end at the end', 'id,text\n1,a\n2,b'],
    ['CRLF', 'id,text\r\n1,a\r\n2,b\r\n'],
    ['CR', 'id,text\r1,a\r2,b\r'],
    ['mixed line ends', 'id,text\r\n1,a\n2,b\r\n'],
    ['a byte order mark', '\ufeffid,text\n1,a\n2,b\n'],
    ['a byte order mark before a quote', '\ufeff"id",text\r\n1,a\r\n2,b\r\n'],
    ['empty lines at the end', 'id,text\n1,a\n2,b\n\n\r\n'],
    ['needless quotes', '"id","text"\n"1","a"\n"2","b"\n'],
  ])('reads %s', async (_, content) => {
    expect(await read(content)).toEqual(plain);
  });

  it('reads commas, quotes, line ends and spaces within fields, and counts the lines right after them', async () => {
    expect(await read('id,text\r\n1,"a, ""b""\r\nc\nd"\r\n2, e \r\n3,""\r\n')).toEqual({
      columns: { id: ['1', '2', '3'], text: ['a, "b"\r\nc\nd', ' e ', ''] },
      lines: [2, 5, 6],
    });
  });

  it('keeps values as they are written', async () => {
    expect((await read('id,x\n007,1e3\nNA,é漢😀\n')).columns).toEqual({
      id: ['007', 'NA'],
      x: ['1e3', 'é漢😀'],
    });
  });

  it('keeps columns with the names of object members', async () => {
    expect((await read('constructor,length\na,b\n')).columns).toEqual({ constructor: ['a'], length: ['b'] });
  });

  it('keeps an empty field that is quoted on a last line of its own', async () => {
    expect(await read('x\n""\n')).toEqual({ columns: { x: [''] }, lines: [2] });
  });

  it('reads a header without rows', async () => {
    expect(await read('id,text\n')).toEqual({ columns: { id: [], text: [] }, lines: [] });
  });

  it.each([
    ['an empty file', '', 't.csv: the file is empty'],
    ['a byte order mark alone', '\ufeff', 't.csv: the file is empty'],
    ['only empty lines', '\n\r\n', 't.csv: the file is empty'],
    ['a missing field', 'a,b,c\n1,2,3\n1,2\n', 't.csv:3, column "c": expected 3 fields, got 2 fields'],
    [
      'a field too many',
      'a,b\n"x\ny",2\n1,2,3\n',
      't.csv:4, column "b": expected 2 fields, got 3 fields; a field that',
    ],
    ['an empty line between', 'a,b\n1,2\n\n3,4\n', 't.csv:3, column "b": expected 2 fields, got 1 field'],
    [
      'a quote never closed',
      'a,b\n"x\ny",1\n2,"z\n3,4\n',
      't.csv:4, column "b": the quote that opens this field is never',
    ],
    ['a quote never closed in the header', '"a,b\n1,2\n', 't.csv:1, column 1: the quote that opens'],
    ['text after a quote', 'a,b\n1,"x"y\n', 't.csv:2, column "b": text after the closing quote'],
    ['a repeated name', 'a,b,a\n1,2,3\n', 't.csv:1, column "a": columns 1 and 3 have the same name'],
    ['a column without a name', 'a,,c\n1,2,3\n', 't.csv:1: column 2 of 3 has no name'],
    ['a name that breaks tables', 'a,__proto__\n1,2\n', 't.csv:1, column "__proto__": rename this column'],
    ['semicolons', 'id;text\n1;a, b\n', 't.csv:1: the columns are separated by semicolons, as Excel'],
    ['tabs', 'id\ttext\n1\ta\n', 't.csv:1: the columns are separated by tabs'],
    ['a NUL byte', 'a,b\n1,2\n3,\0\n', 't.csv:3: a NUL byte'],
  ])('refuses %s', async (_, content, message) => {
    expect(await messageOf(content)).toContain(message);
  });

  it.each([
    [
      'UTF-16, little endian',
      Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'),
      't.csv: expected UTF-8, got UTF-16',
    ],
    [
      'UTF-16, big endian',
      Buffer.from('\ufeffa,b\n', 'utf16le').swap16(),
      't.csv: expected UTF-8, got UTF-16',
    ],
    [
      'UTF-16 without a mark',
      Buffer.from('a,b\n1,2\n', 'utf16le'),
      't.csv:1: a NUL byte, which no text file holds: the file is UTF-16',
    ],
    [
      'Latin-1',
      Buffer.from('a,b\n1,2\n3,café\n', 'latin1'),
      't.csv:3: not valid UTF-8, probably Windows-1252 (Latin-1); save the file as "CSV UTF-8"',
    ],
    ['a character cut at the end', Buffer.from('a,b\n1,é').subarray(0, -1), 't.csv:2: not valid UTF-8'],
  ])('refuses %s', async (_, content, message) => {
    expect(await messageOf(content)).toContain(message);
  });

  it('names a file that is not there', async () => {
    await expect(readTable('no/such.csv')).rejects.toThrow('no/such.csv: there is no such file');
  });

  it('shows 20 problems and counts the others', async () => {
    const lines = (await messageOf(`a,b\n${'1\n'.repeat(25)}`)).split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[19]).toMatch(/^t\.csv:21, column "b"/);
    expect(lines[20]).toBe('and 5 more');
  });
});
