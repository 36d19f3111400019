import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findLibrary } from './find-library.ts';
import { installedFolder } from './installed-library.ts';
import { libraryFileNames } from './library-files.ts';
import { makeWheel } from './testing/make-wheel.ts';
import { nvidiaDriver } from './nvidia-driver.ts';
import { writeWheelManifest } from './wheels/wheel-manifest.ts';

vi.mock('./nvidia-driver.ts');

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

  describe.skipIf(process.platform === 'win32')('with python3 on the PATH only', () => {
    beforeEach(() => {
      // One that has TensorFlow, and writes down that it was asked.
      const python = join(root, 'python3');
      const found = join(sitePackages('tensorflow-2.21.0'), 'tensorflow');
      writeFileSync(python, `#!/bin/sh\necho asked >> '${join(root, 'asked')}'\necho '${found}'\n`, {
        mode: 0o755,
      });
      vi.stubEnv('VIRTUAL_ENV', undefined);
      vi.stubEnv('CONDA_PREFIX', undefined);
    });

    async function findWithPath(state: 'cached' | 'empty') {
      const { pin } = makeWheel(root);
      const folder = installedFolder(pin);
      mkdirSync(folder, { recursive: true });
      for (const name of [cc, framework]) writeFileSync(join(folder, name), name);
      if (state === 'cached') await writeWheelManifest(folder, { wheel: 'tiny', files: { [cc]: cc.length } });
      vi.stubEnv('PATH', `${root}:${process.env.PATH}`);
      return findLibrary({ pins: [pin] });
    }

    it('takes the cached library without asking it', async () => {
      expect((await findWithPath('cached')).library?.origin).toBe('cache');
      expect(existsSync(join(root, 'asked'))).toBe(false);
    });

    it('asks it where an NVIDIA driver is, for its TensorFlow may use the GPU', async () => {
      vi.mocked(nvidiaDriver).mockReturnValue('550.54.15');
      expect((await findWithPath('cached')).library?.origin).toBe('python');
      vi.mocked(nvidiaDriver).mockReset();
    });

    it('asks it where the cache holds no whole library', async () => {
      const { library, looked } = await findWithPath('empty');
      expect(library?.origin).toBe('python');
      expect(looked[1]).toContain('is incomplete');
    });
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
