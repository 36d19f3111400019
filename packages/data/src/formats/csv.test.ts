import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problems } from '../problems/problems.ts';
import { findSource } from '../sources/find-source.ts';
import { findTableFormat } from './find-table-format.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'csv-records-'))));
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array, blockBytes?: number, name = 't.csv') {
  const path = join(folder, name);
  await writeFile(path, content);
  const source = await findSource(path, blockBytes);
  const table = await findTableFormat(source.name, path).open(source, new Problems(path));
  const columns: string[][] = table.header.map(() => []);
  const lines: number[] = [];
  for await (const block of table.blocks(columns.map((_, c) => c))) {
    block.columns.forEach((cells, c) => columns[c]!.push(...cells));
    lines.push(...block.lines);
  }
  return { header: table.header, columns, lines };
}

describe('csv', () => {
  const content = '\ufeffid,text\r\n1,"a, ""b""\r\nc\nd"\r\n2,é漢😀\r3,""\n4,5"6"\n"",\n\r\n\n';
  const expected = {
    header: ['id', 'text'],
    columns: [
      ['1', '2', '3', '4', ''],
      ['a, "b"\r\nc\nd', 'é漢😀', '', '5"6"', ''],
    ],
    lines: [2, 5, 6, 7, 8],
  };

  it.each([1, 2, 3, 5, 7, 11, 1000])('reads the same in blocks of %i bytes', async (blockBytes) => {
    expect(await read(content, blockBytes)).toEqual(expected);
  });

  it.each([1, 2, 3, 5, 40, 1000])('reads long fields the same in blocks of %i bytes', async (blockBytes) => {
    const letters = 'abcdefghij'.repeat(5);
    const texts = [
      `${letters}, "é"\r\n${letters}`,
      `${letters}\r${letters}\n\n漢`,
      `"${letters}"`,
      letters,
      `é${letters}`,
    ];
    const csv = texts.map((text) => `"${text.replaceAll('"', '""')}",${letters}\n`).join('');
    expect(await read(`a,b\n${csv}${letters},é${letters}`, blockBytes)).toEqual({
      header: ['a', 'b'],
      columns: [
        [...texts, letters],
        [...texts.map(() => letters), `é${letters}`],
      ],
      lines: [2, 4, 8, 9, 10, 11],
    });
  });

  it.each([1, 4, 1000])('names lines in blocks of %i bytes', async (blockBytes) => {
    const latin = Buffer.from('a,b\n1,2\n3,café\n4,5\n', 'latin1');
    await expect(read(latin, blockBytes)).rejects.toThrow('t.csv:3: not valid UTF-8, probably Windows-1252');
    await expect(read('a,b\n1,2\n3,\0\n', blockBytes)).rejects.toThrow('t.csv:3: a NUL byte');
    await expect(read('a,b\n"x\r\ny",1\n2,"z\n3,4\n', blockBytes)).rejects.toThrow(
      't.csv:4, column "b": the quote that opens this field is never closed',
    );
    await expect(read('a,b\n"x\ny","z"z\n', blockBytes)).rejects.toThrow(
      't.csv:2, column "b": text after the closing quote',
    );
    await expect(read(Buffer.from('\ufeffa,b\n', 'utf16le'), blockBytes)).rejects.toThrow('got UTF-16');
  });

  it('splits at tabs in files named .tsv', async () => {
    expect((await read('a\tb\n1,2\t"x\ty"\n', 3, 't.TSV')).columns).toEqual([['1,2'], ['x\ty']]);
  });

  it.each([1, 1000])(
    'takes an empty line of a table of one column for an empty field, but at the end',
    async (block) => {
      expect(await read('x\n1\n\n\r\n""\n\n', block)).toEqual({
        header: ['x'],
        columns: [['1', '', '', '']],
        lines: [2, 3, 4, 5],
      });
    },
  );
});
