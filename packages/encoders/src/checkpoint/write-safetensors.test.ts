import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from './read-safetensors.ts';
import { writeSafetensors } from './write-safetensors.ts';

describe('writeSafetensors', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'safetensors-'));
    file = join(folder, 'model.safetensors');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('writes the very bytes that Python wrote, whatever the order of the tensors', async () => {
    const python = join(import.meta.dirname, '../../fixtures/tiny-bert/model.safetensors');
    const tensors = [...(await readSafetensors(python))].map(
      ([name, { shape, data }]) => [name, { shape, data: data as Float32Array }] as const,
    );
    await writeSafetensors(file, new Map(tensors.reverse()));
    expect((await readFile(file)).equals(await readFile(python))).toBe(true);
  });

  it('writes names that JavaScript objects treat in ways of their own', async () => {
    const value = (x: number) => ({ shape: [], data: Float32Array.of(x) });
    await writeSafetensors(
      file,
      new Map([
        ['b', value(1)],
        ['1', value(2)],
        ['"ü', value(3)],
      ]),
      {},
    );
    const header = '{"\\"ü":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"1":';
    const bytes = await readFile(file);
    expect(bytes.toString('utf8', 8).startsWith(header)).toBe(true);
    expect(Number(bytes.readBigUInt64LE(0)) % 8).toBe(0);
    expect([...(await readSafetensors(file))].map(([name, { data }]) => [name, data[0]])).toEqual([
      ['"ü', 3],
      ['1', 2],
      ['b', 1],
    ]);
  });

  it('leaves the old file and nothing else behind when it fails', async () => {
    await writeFile(file, 'old');
    const wrong = new Map([['a', { shape: [3], data: new Float32Array(2) }]]);
    await expect(writeSafetensors(file, wrong)).rejects.toThrow(
      `${file}: tensor "a" of shape [3] needs 3 elements, got 2`,
    );
    const right = new Map([['a', { shape: [], data: Float32Array.of(1) }]]);
    const occupied = join(folder, 'a-folder');
    await mkdir(occupied);
    await expect(writeSafetensors(occupied, right)).rejects.toThrow(/EISDIR/);
    expect(await readFile(file, 'utf8')).toBe('old');
    expect((await readdir(folder)).sort()).toEqual(['a-folder', 'model.safetensors']);
  });
});
