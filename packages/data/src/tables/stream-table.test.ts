import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problems } from '../problems/problems.ts';
import { streamTable, type TableRows } from './stream-table.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'stream-table-'))));
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string, columns: string[], rows?: number, name = 't.csv') {
  const path = join(folder, name);
  await writeFile(path, content);
  const problems = new Problems(name);
  const chunks: TableRows[] = [];
  for await (const chunk of streamTable(path, columns, { rows, problems })) chunks.push(chunk);
  problems.throwIfAny();
  return chunks;
}

describe('streamTable', () => {
  it('gives the columns that were asked for, so many rows at a time, in order', async () => {
    expect(await read('a,b,c\n1,x,"3\n"\n4,y,6\n7,z,9\n', ['c', 'a'], 2)).toEqual([
      {
        columns: [
          ['3\n', '6'],
          ['1', '4'],
        ],
        lines: [2, 4],
      },
      { columns: [['9'], ['7']], lines: [5] },
    ]);
    expect(await read('a\n1\n2\n', ['a'], 2)).toHaveLength(1);
    expect(await read('a,b\n', ['a'])).toEqual([]);
  });

  it('goes through blocks of a megabyte', async () => {
    const texts = Array.from(
      { length: 50_000 },
      (_, i) => `text ${i} of many, "quoted" – ${'é'.repeat(i % 30)}`,
    );
    const csv = `id,text\n${texts.map((text, i) => `${i},"${text.replaceAll('"', '""')}"\n`).join('')}`;
    expect(Buffer.byteLength(csv)).toBeGreaterThan(2 * 2 ** 20);
    const chunks = await read(csv, ['text']);
    expect(chunks.map(({ lines }) => lines.length)).toEqual([...Array<number>(12).fill(4096), 848]);
    expect(chunks.flatMap(({ columns }) => columns[0]!)).toEqual(texts);
    expect(chunks.at(-1)!.lines.at(-1)).toBe(50_001);
  });

  it.each([
    ['an empty file', '', 't.csv: the file is empty'],
    [
      'a missing column',
      'id,txt\n1,a\n',
      't.csv:1: there is no column "text"; the columns are "id", "txt"; the nearest is "txt"',
    ],
    ['a repeated name', 'text,text\n1,a\n', 't.csv:1, column "text": columns 1 and 2 have the same name'],
    [
      'fields too few and too many',
      'id,text\n1\n2,b\n3,c,d\n',
      't.csv:2, column "text": expected 2 fields, got 1 field\nt.csv:4, column "text": expected 2 fields, got 3 fields; a field that holds a comma must',
    ],
    [
      'tabs',
      'id\ttext\n1\ta\n',
      'separated by tabs; expected commas: save the file as comma-separated "CSV UTF-8", or name it .tsv',
    ],
  ])('refuses %s', async (_, content, message) => {
    await expect(read(content, ['text'])).rejects.toThrow(message.replaceAll('t.csv', join(folder, 't.csv')));
  });

  it('refuses commas in a file that is named .tsv', async () => {
    await expect(read('id,text\n1,a\n', ['text'], 9, 't.tsv')).rejects.toThrow(
      't.tsv:1: the columns are separated by commas; expected tabs, as the file is named .tsv',
    );
  });

  it('names a file that is not there', async () => {
    const rows = streamTable('no/such.csv', ['text'], { problems: new Problems('no/such.csv') });
    await expect(rows.next()).rejects.toThrow('no/such.csv: there is no such file');
  });
});
