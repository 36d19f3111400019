import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvRecords } from './csv-records.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'csv-records-'))));
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array, blockBytes?: number, name = 't.csv') {
  const path = join(folder, name);
  await writeFile(path, content);
  const records: string[][] = [];
  const lines: number[] = [];
  for await (const block of csvRecords(path, blockBytes)) {
    records.push(...block.records);
    lines.push(...block.lines);
  }
  return { records, lines };
}

describe('csvRecords', () => {
  const content = '\ufeffid,text\r\n1,"a, ""b""\r\nc\nd"\r\n2,é漢😀\r3,""\n\n4\n""\n\r\n\n';
  const expected = {
    records: [['id', 'text'], ['1', 'a, "b"\r\nc\nd'], ['2', 'é漢😀'], ['3', ''], [''], ['4'], ['']],
    lines: [1, 2, 5, 6, 7, 8, 9],
  };

  it.each([1, 2, 3, 5, 7, 11, 1000])('reads the same in blocks of %i bytes', async (blockBytes) => {
    expect(await read(content, blockBytes)).toEqual(expected);
  });

  it.each([1, 4, 1000])('names lines in blocks of %i bytes', async (blockBytes) => {
    const latin = Buffer.from('a,b\n1,2\n3,café\n4,5\n', 'latin1');
    await expect(read(latin, blockBytes)).rejects.toThrow('t.csv:3: not valid UTF-8, probably Windows-1252');
    await expect(read('a,b\n1,2\n3,\0\n', blockBytes)).rejects.toThrow('t.csv:3: a NUL byte');
    await expect(read('a,b\n"x\r\ny",1\n2,"z\n3,4\n', blockBytes)).rejects.toThrow(
      't.csv:4, column "b": the quote that opens this field is never closed',
    );
    await expect(read('a,b\n"x\ny",z"\n', blockBytes)).rejects.toThrow(
      't.csv:2, column "b": a quote within a field without quotes',
    );
    await expect(read(Buffer.from('\ufeffa,b\n', 'utf16le'), blockBytes)).rejects.toThrow('got UTF-16');
  });

  it('splits at tabs in files named .tsv', async () => {
    expect((await read('a\tb\n1,2\t"x\ty"\n', 3, 't.TSV')).records).toEqual([
      ['a', 'b'],
      ['1,2', 'x\ty'],
    ]);
  });
});
