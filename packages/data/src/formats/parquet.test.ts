import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problems } from '../problems/problems.ts';
import { readTable } from '../tables/read-table.ts';
import { streamTable } from '../tables/stream-table.ts';
import { makeZip } from '../testing/make-zip.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/tables/${name}.parquet`, import.meta.url));

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'parquet-'))));
afterAll(() => rm(folder, { recursive: true }));

/** What make_tables.py writes: numbers and strings of its own source, with times as ISO 8601 writes them. */
const types = {
  id: ['9007199254740993', '-1', ''],
  text: ['é, "q"\n漢😀', '', ''],
  kind: ['a', 'b', 'a'],
  double: ['0.1', 'NaN', '-0'],
  single: ['0.1', '16777216', ''],
  byte: ['-128', '127', '0'],
  unsigned: ['18446744073709551615', '0', ''],
  yes: ['true', 'false', ''],
  day: ['2024-02-29', '1969-12-31', ''],
  millis: ['1970-01-01T00:00:00.001Z', '1969-12-31T23:59:59.999Z', ''],
  micros: ['2024-05-01T12:00:00.000001Z', '1969-12-31T23:59:59.999999Z', ''],
  nanos: ['1970-01-01T00:00:00.000000001Z', '1969-12-31T23:59:59.999999999Z', ''],
  price: ['0.30', '-12.34', ''],
  list: ['["a","b"]', '[]', ''],
  struct: ['{"x":1,"y":["z"]}', '{"x":null,"y":[]}', ''],
};

async function read(path: string) {
  const { header, table, lines, unit } = await readTable(path);
  return { columns: Object.fromEntries(header.map((name) => [name, table.array(name)])), lines, unit };
}

describe('parquet', () => {
  it.each(['none', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4'])(
    'reads pyarrow’s types, losing nothing, with compression %s',
    async (codec) => {
      expect(await read(fixture(`types-${codec}`))).toEqual({
        columns: types,
        lines: [1, 2, 3],
        unit: 'row',
      });
    },
  );

  it('reads rarer types, nested ones too', async () => {
    const { columns } = await read(fixture('more-types'));
    expect(Object.entries(columns).map(([name, cells]) => [name, ...cells])).toEqual([
      ['none', '', ''],
      ['half', '0.5', ''],
      ['large', 'é', ''],
      ['view', '\ufeffa text of more than twelve bytes', ''],
      ['bytes', '6162', ''],
      ['exact', '-12345678901234567890123456789.012', ''],
      // Parquet has no seconds.
      ['seconds', '2024-05-01T12:00:00.000Z', ''],
      ['clock', '23:59:59.000001', ''],
      ['noon', '12:00:00.000', ''],
      ['long', '1500', ''],
      ['number', '7', ''],
      ['floats', '[0.1,null]', ''],
      ['pair', '[1,2]', ''],
      ['times', '["2024-02-29"]', '[]'],
      ['map', '{"a":1,"__proto__":null}', ''],
      ['a.b', '{"c.d":[{"e":true}]}', ''],
    ]);
  });

  it.each(['1-none', '1-snappy', '2-none', '2-zstd'])('reads all encodings, pages %s', async (kind) => {
    const { columns } = await read(fixture(`encodings-${kind}`));
    const rows = Array.from({ length: 200 }, (_, i) => i);
    const texts = rows.map((i) => (i % 7 === 0 ? '' : `text ${i % 11} ${'é'.repeat(i % 3)}`));
    expect(columns).toEqual({
      plain: texts,
      dictionary: texts,
      lengths: texts,
      prefixes: texts,
      integer: rows.map((i) => (i > 150 ? '' : String(i * i))),
      split: rows.map((i) => String(i / 8)),
      yes: rows.map((i) => String(i < 100)),
      list: rows.map((i) => (i % 5 === 0 ? '' : JSON.stringify(Array(i % 3).fill('a')))),
    });
  });

  it('reads groups of rows, and a table without rows', async () => {
    const { columns, lines } = await read(fixture('groups'));
    expect(columns['text']).toEqual(Array.from({ length: 2500 }, (_, n) => `row ${n}`));
    expect(lines).toEqual(Array.from({ length: 2500 }, (_, n) => n + 1));
    expect(await read(fixture('empty'))).toEqual({ columns: { n: [], text: [] }, lines: [], unit: 'row' });
  });

  it('streams the columns that are asked for', async () => {
    const rows = [];
    for await (const { columns, lines } of streamTable(fixture('groups'), ['text'], {
      rows: 1500,
      problems: new Problems(''),
    }))
      rows.push([columns[0]![0], lines[0], lines.length]);
    expect(rows).toEqual([
      ['row 0', 1, 1500],
      ['row 1500', 1501, 1000],
    ]);
  });

  it('reads them gzipped and within archives', async () => {
    const bytes = await readFile(fixture('types-zstd'));
    await writeFile(join(folder, 't.parquet.gz'), gzipSync(bytes));
    await writeFile(join(folder, 't.zip'), makeZip([{ name: 'a/t.parquet', content: bytes }]));
    expect((await read(join(folder, 't.parquet.gz'))).columns).toEqual(types);
    expect((await read(join(folder, 't.zip/a/t.parquet'))).columns).toEqual(types);
  });

  it('names the row and the column of a text that is not UTF-8', async () => {
    await copyFile(fixture('latin'), join(folder, 'l.parquet'));
    await expect(read(join(folder, 'l.parquet'))).rejects.toThrow(
      /l\.parquet, row 1, column "text": a text that is not valid UTF-8$/,
    );
  });

  it.each([
    ['a text', Buffer.from('id,text\n1,a\n')],
    ['nothing', Buffer.alloc(0)],
  ])('refuses %s that is named .parquet', async (_, content) => {
    await writeFile(join(folder, 'x.parquet'), content);
    await expect(read(join(folder, 'x.parquet'))).rejects.toThrow(
      /x\.parquet: no Parquet file that can be read: /,
    );
  });

  it('goes on after a file whose pages are damaged', async () => {
    const bytes = await readFile(fixture('encodings-1-none'));
    bytes.fill(0xff, 100, 1000);
    await writeFile(join(folder, 'd.parquet'), bytes);
    for (let turn = 0; turn < 2; turn++)
      await expect(read(join(folder, 'd.parquet'))).rejects.toThrow(
        /d\.parquet: no Parquet file that can be read: /,
      );
    expect((await read(fixture('types-none'))).columns).toEqual(types);
  });
});
