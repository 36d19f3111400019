import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { downloadWheel } from './download-wheel.ts';
import { makeWheel } from '../testing/make-wheel.ts';

let root: string;
let index: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'foldwise-download-'));
  index = join(root, 'index');
  folder = join(root, 'into');
  mkdirSync(index);
  vi.stubEnv('FOLDWISE_PYTHON', undefined);
  vi.stubEnv('PIP_NO_INDEX', '1');
  vi.stubEnv('PIP_FIND_LINKS', index);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

describe('downloadWheel', () => {
  it('fetches the pinned file with pip, and nothing else stays', async () => {
    const { path, pin } = makeWheel(index);
    const phases = new Set<string>();
    const fetched = await downloadWheel(pin, { folder, onProgress: ({ phase }) => phases.add(phase) });
    expect(readFileSync(fetched)).toEqual(readFileSync(path));
    expect(readdirSync(folder)).toEqual(['tiny_tensorflow-2.21.0-py3-none-any.whl']);
    expect([...phases]).toEqual(['downloading', 'verifying']);
  });

  it('refuses a file whose hash is another', async () => {
    const { pin } = makeWheel(index);
    const download = downloadWheel({ ...pin, sha256: ['0'.repeat(64)] }, { folder });
    await expect(download).rejects.toThrow(/tiny-tensorflow 2\.21\.0: .*not the pinned one/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a file that is cut off', async () => {
    const { path, pin } = makeWheel(index);
    writeFileSync(path, readFileSync(path).subarray(0, 500));
    await expect(downloadWheel(pin, { folder })).rejects.toThrow('Cannot download tiny-tensorflow 2.21.0');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says so where the index has no such wheel', async () => {
    const { pin } = makeWheel(index);
    const download = downloadWheel(
      { ...pin, version: '3.0.0', platforms: ['macosx_12_0_arm64'] },
      { folder },
    );
    await expect(download).rejects.toThrow('no such wheel for Python 3.12 on macosx_12_0_arm64');
  });

  it('says so where the index cannot be reached', async () => {
    const { pin } = makeWheel(index);
    vi.stubEnv('PIP_NO_INDEX', undefined);
    vi.stubEnv('PIP_FIND_LINKS', undefined);
    vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:9/simple'); // Nothing listens on the discard port.
    vi.stubEnv('PIP_RETRIES', '1');
    vi.stubEnv('NO_PROXY', '127.0.0.1');
    await expect(downloadWheel(pin, { folder })).rejects.toThrow('cannot be reached. Check the network');
  });

  it('says so where there is no Python, or the chosen one does not run', async () => {
    const { pin } = makeWheel(index);
    vi.stubEnv('PATH', root);
    await expect(downloadWheel(pin, { folder })).rejects.toThrow('Found no Python');
    vi.stubEnv('FOLDWISE_PYTHON', join(root, 'python'));
    await expect(downloadWheel(pin, { folder })).rejects.toThrow(/FOLDWISE_PYTHON is .*does not run/);
  });

  it('says so where Python has no pip', async () => {
    const { pin } = makeWheel(index);
    writeFileSync(join(root, 'python3'), '#!/bin/sh\necho "ImportError: No module named pip" >&2\nexit 1\n', {
      mode: 0o755,
    });
    vi.stubEnv('FOLDWISE_PYTHON', join(root, 'python3'));
    await expect(downloadWheel(pin, { folder })).rejects.toThrow(/python3 has no pip.*ensurepip/);
  });

  it('stops when cancelled', async () => {
    const { pin } = makeWheel(index);
    const controller = new AbortController();
    const options = { folder, onProgress: () => controller.abort(), signal: controller.signal };
    await expect(downloadWheel(pin, options)).rejects.toThrow(/abort/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
