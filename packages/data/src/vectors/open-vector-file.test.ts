import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ParquetFile } from 'parquet-wasm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problems } from '../problems/problems.ts';
import { readTable } from '../tables/read-table.ts';
import { streamTable } from '../tables/stream-table.ts';
import { openVectorFile } from './open-vector-file.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'vectors-'))));
afterEach(() => rm(folder, { recursive: true }));

/** Two writes: two rows, then one. */
async function write(name: string, vectors: Float32Array, features: number, ids?: string[]): Promise<string> {
  const path = join(folder, name);
  const file = await openVectorFile(path, { features, id: ids && 'my id' });
  await file.write(vectors.subarray(0, 2 * features), ids?.slice(0, 2));
  await file.write(vectors.subarray(2 * features), ids?.slice(2));
  await file.close();
  await file.discard();
  expect(await readdir(folder)).toEqual([name]);
  return path;
}

const ids = ['a', 'b, "c"\nd', 'é漢😀'];

describe('openVectorFile', () => {
  it('writes the bytes that NumPy writes', async () => {
    const expected = await readFile(new URL('../../fixtures/vectors.npy', import.meta.url));
    const vectors = new Float32Array(expected.buffer.slice(expected.byteOffset + 128));
    const path = await write('v.NPY', vectors, 5);
    expect((await readFile(path)).equals(expected)).toBe(true);
  });

  it('writes CSV with ids, and without', async () => {
    const vectors = Float32Array.of(0.1, -0, 1e-7, 16777216, 1 / 3, -2.5);
    expect(await readFile(await write('v.csv', vectors, 2, ids), 'utf8')).toBe(
      'my id,v0,v1\na,0.1,-0\n"b, ""c""\nd",1e-7,16777216\né漢😀,0.33333334,-2.5\n',
    );
    expect(await readFile(await write('v.csv', vectors, 2), 'utf8')).toBe(
      'v0,v1\n0.1,-0\n1e-7,16777216\n0.33333334,-2.5\n',
    );
  });

  it('writes Parquet with ids, and without', async () => {
    const vectors = Float32Array.of(0.1, -0, 1e-7, 16777216, 1 / 3, -2.5);
    const read = async (path: string) => {
      const { header, cells } = await readTable(path);
      return Object.fromEntries(header.map((name) => [name, cells(name)]));
    };
    const columns = { v0: ['0.1', '1e-7', '0.33333334'], v1: ['-0', '16777216', '-2.5'] };
    expect(await read(await write('v.parquet', vectors, 2))).toEqual(columns);
    expect(await read(await write('v.parquet', vectors, 2, ids))).toEqual({ 'my id': ids, ...columns });
  });

  it('writes row groups of Parquet as they fill up', async () => {
    const features = 512;
    const path = join(folder, 'v.parquet');
    const file = await openVectorFile(path, { features, id: undefined });
    // 16,384 rows of two kilobytes make a group.
    for (let row = 0; row < 20_000; row += 5000)
      await file.write(new Float32Array(5000 * features).map((_, i) => row + Math.floor(i / features)));
    await file.close();
    const parquet = await ParquetFile.fromFile(new Blob([await readFile(path)]));
    const groups = parquet.metadata().rowGroups();
    expect(groups.map((group) => group.numRows())).toEqual([16384, 3616]);
    const columns: string[][] = [[], []];
    for await (const block of streamTable(path, ['v0', 'v511'], { problems: new Problems(path) }))
      block.columns.forEach((cells, c) => columns[c]!.push(...cells));
    const rows = Array.from({ length: 20_000 }, (_, row) => String(row));
    expect(columns).toEqual([rows, rows]);
  });

  it.each(['.npy', '.csv', '.parquet'])('writes no rows to %s', async (ending) => {
    const file = await openVectorFile(join(folder, `v${ending}`), { features: 3, id: undefined });
    await file.close();
    const bytes = await readFile(join(folder, `v${ending}`));
    if (ending === '.csv') expect(bytes.toString()).toBe('v0,v1,v2\n');
    if (ending === '.npy') expect(bytes.toString('latin1')).toContain("'shape': (0, 3), }");
    if (ending === '.parquet') expect(bytes.toString('latin1').endsWith('PAR1')).toBe(true);
  });

  it('leaves the old file until the new one is complete, and nothing else', async () => {
    const path = join(folder, 'v.npy');
    await writeFile(path, 'old');
    const file = await openVectorFile(path, { features: 1, id: undefined });
    await file.write(Float32Array.of(1));
    expect(await readFile(path, 'utf8')).toBe('old');
    await file.discard();
    expect(await readdir(folder)).toEqual(['v.npy']);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  it('refuses what it cannot write, and leaves nothing', async () => {
    const open = (name: string, id?: string) => openVectorFile(join(folder, name), { features: 2, id });
    await expect(open('v.feather')).rejects.toThrow(
      /the name ends in \.feather; expected one of \.npy \(.*\.parquet \(.*\.csv \(/,
    );
    await expect(open('vectors')).rejects.toThrow('the name has no ending; expected one of .npy');
    await expect(open('v.npy', 'id')).rejects.toThrow('leave the ids out, or write .parquet or .csv');
    await expect(open('v.csv', 'v1')).rejects.toThrow(
      'the column of ids would be named "v1" as a feature is',
    );
    await expect(open('no/v.csv')).rejects.toThrow('there is no folder');
    expect(await readdir(folder)).toEqual([]);
  });
});
