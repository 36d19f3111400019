import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findLibrary } from './find-library.ts';
import { libraryFileNames } from './library-files.ts';
import { makeWheel } from './make-wheel.ts';

const { cc, framework } = libraryFileNames();
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'foldwise-find-'));
  vi.stubEnv('FOLDWISE_CACHE', join(root, 'cache'));
  vi.stubEnv('FOLDWISE_TENSORFLOW', undefined);
  vi.stubEnv('FOLDWISE_PYTHON', undefined);
  vi.stubEnv('VIRTUAL_ENV', join(root, 'no-environment'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

/** A `site-packages` whose TensorFlow cannot be imported: finding it must not try. */
function sitePackages(distribution: string): string {
  const folder = join(root, 'site-packages');
  mkdirSync(join(folder, 'tensorflow'), { recursive: true });
  mkdirSync(join(folder, `${distribution}.dist-info`));
  writeFileSync(join(folder, 'tensorflow', '__init__.py'), 'raise SystemExit("imported")');
  for (const name of [cc, framework]) writeFileSync(join(folder, 'tensorflow', name), name);
  return folder;
}

function activate(folder: string) {
  vi.stubEnv('FOLDWISE_PYTHON', 'python3');
  vi.stubEnv('PYTHONPATH', folder);
}

const find = () => findLibrary({ pins: [makeWheel(root).pin] });
const linux64 = process.platform === 'linux' && process.arch === 'x64';

describe('findLibrary', () => {
  it('takes FOLDWISE_TENSORFLOW first, the package folder or the one around it', async () => {
    const folder = sitePackages('tensorflow_cpu-2.20.0');
    activate(folder);
    for (const place of [folder, join(folder, 'tensorflow')]) {
      vi.stubEnv('FOLDWISE_TENSORFLOW', place);
      expect((await find()).library).toEqual({
        folder: join(folder, 'tensorflow'),
        cc: join(folder, 'tensorflow', cc),
        framework: join(folder, 'tensorflow', framework),
        version: '2.20.0',
        origin: 'env',
        variant: 'cpu',
      });
    }
  });

  it('refuses a FOLDWISE_TENSORFLOW without the library instead of taking another', async () => {
    activate(sitePackages('tensorflow-2.21.0'));
    vi.stubEnv('FOLDWISE_TENSORFLOW', root);
    await expect(find()).rejects.toThrow(
      `FOLDWISE_TENSORFLOW is ${root}, but ${cc} and ${framework} are not there`,
    );
  });

  it.each([
    ['tensorflow-2.21.1', '2.21.1', linux64 ? 'cuda' : 'cpu'],
    ['tensorflow_cpu-2.21.0', '2.21.0', 'cpu'],
  ])('takes the active Python’s %s without importing it', async (distribution, version, variant) => {
    const folder = sitePackages(distribution);
    activate(folder);
    const { library } = await find();
    expect(library).toMatchObject({ folder: join(folder, 'tensorflow'), version, variant, origin: 'python' });
  });

  it.each(['tensorflow-2.20.0', 'tensorflow-2.2.21', 'tensorflow_io-2.21.0'])(
    'passes over %s and says so',
    async (distribution) => {
      activate(sitePackages(distribution));
      const { library, looked } = await find();
      expect(library).toBeUndefined();
      expect(looked.join('\n')).toMatch(/python3\) has TensorFlow .*; Foldwise works with 2\.21/);
    },
  );

  it('does not take a folder named tensorflow in the working directory for the package', async () => {
    vi.stubEnv('PYTHONPATH', '');
    vi.stubEnv('FOLDWISE_PYTHON', 'python3');
    const before = process.cwd();
    process.chdir(sitePackages('tensorflow-2.21.0'));
    try {
      expect((await find()).library?.folder).not.toBe(join(root, 'site-packages', 'tensorflow'));
    } finally {
      process.chdir(before);
    }
  });

  it('says what it looked for where there is nothing', async () => {
    expect(await find()).toEqual({
      library: undefined,
      looked: [
        'FOLDWISE_TENSORFLOW is not set',
        `the active Python (${join(root, 'no-environment', 'bin', 'python')}) is not there`,
        expect.stringContaining(`TensorFlow 2.21.0 is not installed in ${join(root, 'cache', 'tensorflow')}`),
      ],
    });
    expect((await findLibrary({ pins: [] })).looked.at(-1)).toContain('portable engine');
  });
});
