import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureLibrary } from './ensure-library.ts';
import { installedFolder } from './installed-library.ts';
import type { Library } from './library.ts';
import { libraryFileNames } from './library-files.ts';
import type { LibraryPin } from './library-pins.ts';
import { libraryReport } from './library-report.ts';
import { makeWheel, tinyEntries } from './testing/make-wheel.ts';

const { cc, framework } = libraryFileNames();
let root: string;
let pin: LibraryPin;
let installed: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'foldwise-ensure-'));
  mkdirSync(join(root, 'index'));
  pin = makeWheel(join(root, 'index')).pin;
  vi.stubEnv('FOLDWISE_CACHE', join(root, 'cache'));
  vi.stubEnv('FOLDWISE_TENSORFLOW', undefined);
  vi.stubEnv('FOLDWISE_PYTHON', undefined);
  vi.stubEnv('VIRTUAL_ENV', join(root, 'no-environment'));
  vi.stubEnv('PIP_NO_INDEX', '1');
  vi.stubEnv('PIP_FIND_LINKS', join(root, 'index'));
  installed = installedFolder(pin);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

/** Runs `ensureLibrary` in a process of its own; `onProgress` is the source of a function. */
function ensureElsewhere(
  onProgress = '() => {}',
): Promise<{ signal: string | null; library: Library | undefined }> {
  const url = JSON.stringify(new URL('./ensure-library.ts', import.meta.url));
  const source = `const { ensureLibrary } = await import(${url});
    const library = await ensureLibrary({ pins: [${JSON.stringify(pin)}], onProgress: ${onProgress} });
    process.stdout.write(JSON.stringify(library));`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  return new Promise((resolve) =>
    child.on('close', (_, signal) =>
      resolve({ signal, library: stdout ? (JSON.parse(stdout) as Library) : undefined }),
    ),
  );
}

function expectWhole(library: Library | undefined) {
  expect(library).toMatchObject({ folder: installed, version: '2.21.0', variant: 'cpu' });
  expect(readFileSync(library!.cc, 'utf8')).toBe(tinyEntries()[`tensorflow/${cc}`]);
  expect(readdirSync(installed).sort()).toEqual(
    ['LICENSE', 'THIRD_PARTY_NOTICES.txt', cc, framework, 'wheel.json'].sort(),
  );
  expect(readdirSync(join(installed, '..'))).toEqual([basename(installed)]);
}

describe('ensureLibrary', () => {
  it('installs once, never showing a part, then needs neither network nor Python', async () => {
    const seen: boolean[] = [];
    const library = await ensureLibrary({ pins: [pin], onProgress: () => seen.push(existsSync(installed)) });
    expect(library.origin).toBe('installed');
    expectWhole(library);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).not.toContain(true);

    rmSync(join(root, 'index'), { recursive: true });
    vi.stubEnv('PATH', '');
    expect(await ensureLibrary({ pins: [pin] })).toEqual({ ...library, origin: 'cache' });
  });

  it('installs again where a file has lost its end', async () => {
    const { cc: path } = await ensureLibrary({ pins: [pin] });
    truncateSync(path, 1000);
    const library = await ensureLibrary({ pins: [pin] });
    expect(library.origin).toBe('installed');
    expectWhole(library);
  });

  it('lets one of two processes install, and the other wait for it', async () => {
    const both = await Promise.all([ensureElsewhere(), ensureElsewhere()]);
    expect(both.map(({ library }) => library?.origin).sort()).toEqual(['cache', 'installed']);
    for (const { library } of both) expectWhole(library);
  });

  it.each(['downloading', 'unpacking'])('starts over after a SIGKILL while %s', async (phase) => {
    const killed = await ensureElsewhere(`({ phase }) => {
      if (phase === '${phase}') process.kill(process.pid, 'SIGKILL');
    }`);
    expect(killed.signal).toBe('SIGKILL');
    expect(existsSync(installed)).toBe(false);
    expect(readdirSync(join(installed, '..')).some((name) => name.includes('.partial-'))).toBe(true);

    // As if the time had passed after which a lock counts as abandoned.
    utimesSync(`${installed}.lock`, 0, 0);
    expectWhole(await ensureLibrary({ pins: [pin] }));
  });

  it('leaves nothing where the wheel is not the pinned one, and says that a wheel lacks the library', async () => {
    await expect(ensureLibrary({ pins: [{ ...pin, sha256: ['0'.repeat(64)] }] })).rejects.toThrow(
      'not the pinned one',
    );
    expect(readdirSync(join(installed, '..'))).toEqual([]);
    pin = makeWheel(join(root, 'index'), { 'tensorflow/python/x.so': 'x' }).pin;
    await expect(ensureLibrary({ pins: [pin] })).rejects.toThrow('none of the wanted files');
  });

  it('says how much is free where the disk is too small, before it downloads', async () => {
    const install = ensureLibrary({ pins: [{ ...pin, unpackedBytes: 1e18 }] });
    await expect(install).rejects.toThrow(/has \d+ MB free, and 1000000000000 MB are needed/);
  });

  it('says so where the cache folder cannot be written', async () => {
    writeFileSync(join(root, 'file'), '');
    vi.stubEnv('FOLDWISE_CACHE', join(root, 'file'));
    await expect(ensureLibrary({ pins: [pin] })).rejects.toThrow(/Cannot write to .*Set FOLDWISE_CACHE/);
  });

  it('says so where this platform has no library', async () => {
    await expect(ensureLibrary({ pins: [] })).rejects.toThrow('portable engine');
  });
});

describe('libraryReport', () => {
  it('says what the first run would do, and then what is there', async () => {
    const before = await libraryReport({ pins: [pin] });
    expect(before).toMatchObject({ library: undefined, cacheFolder: join(root, 'cache') });
    expect(before.pip).toMatch(/^pip \d/);
    expect(before.advice[0]).toContain(`downloads TensorFlow 2.21.0 (0 MB) into ${installed}`);

    const library = await ensureLibrary({ pins: [pin] });
    const after = await libraryReport({ pins: [pin] });
    expect(after.library).toEqual({ ...library, origin: 'cache', bytes: 900_000 + 13 });
    expect(after.looked.at(-1)).toBe(`TensorFlow 2.21.0 is installed in ${installed}`);
  });

  it('advises where Python is missing or FOLDWISE_TENSORFLOW is wrong', async () => {
    vi.stubEnv('PATH', '');
    expect((await libraryReport({ pins: [pin] })).advice[0]).toContain('Install Python 3');
    vi.stubEnv('FOLDWISE_TENSORFLOW', root);
    expect((await libraryReport({ pins: [pin] })).advice[0]).toContain('FOLDWISE_TENSORFLOW is');
  });
});
