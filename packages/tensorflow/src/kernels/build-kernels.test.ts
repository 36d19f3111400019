import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder } from '../library/cache-folder.ts';
import { ensureLibrary } from '../library/ensure-library.ts';
import { buildKernels } from './build-kernels.ts';

const execute = promisify(execFile);
const sources = fileURLToPath(new URL('../../kernels/', import.meta.url));

describe.skipIf(process.platform === 'win32')('buildKernels', () => {
  let folder: string;
  const before = process.env.FOLDWISE_CACHE;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foldwise-kernels-'));
    process.env.FOLDWISE_CACHE = folder;
  });
  afterEach(async () => {
    if (before === undefined) delete process.env.FOLDWISE_CACHE;
    else process.env.FOLDWISE_CACHE = before;
    await rm(folder, { recursive: true });
  });

  /** A compiler: a shell script. `output` is the path that it shall write. */
  async function compiler(name: string, script: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(
      path,
      `#!/bin/sh\nwhile [ $# -gt 0 ]; do [ "$1" = -o ] && output="$2"; shift; done\n${script}\n`,
    );
    await chmod(path, 0o755);
    return path;
  }
  const made = async () => (await readdir(join(folder, 'kernels'), { recursive: true })).sort();

  it('tells that there is no compiler, and how to get one', async () => {
    await expect(buildKernels(['no-compiler-of-this-name', 'nor-of-this'])).rejects.toThrow(
      /No C compiler was found \(no-compiler-of-this-name, nor-of-this\).*Install one.*or name it in CC/s,
    );
  });

  it("tells a compiler's words where it fails, and leaves no file behind", async () => {
    const failing = await compiler(
      'failing-cc',
      'echo half > "$output"; echo "norm.c:1: bad weather" >&2; exit 1',
    );
    await expect(buildKernels([failing])).rejects.toThrow(
      `${failing} did not compile the fused kernels: norm.c:1: bad weather`,
    );
    expect((await made()).filter((name) => name.includes('libfoldwise'))).toEqual([]);
  });

  it('passes over a compiler that is not there, or fails, to the next', async () => {
    const failing = await compiler('failing-cc', 'exit 1');
    const working = await compiler('cc', 'echo library > "$output"');
    const library = await buildKernels(['no-compiler-of-this-name', failing, working]);
    expect(await readFile(library, 'utf8')).toBe('library\n');
  });

  it('has only flags that clang knows, too', { timeout: 120_000 }, async ({ skip }) => {
    if (!(await execute('clang', ['--version']).catch(() => undefined))) skip('no clang');
    expect(await buildKernels(['clang'])).toContain('libfoldwise');
  });

  it('compiles once, several at a time as well, and takes the library from the cache then', async () => {
    const working = await compiler(
      'cc',
      `echo run >> ${join(folder, 'runs')}; sleep 0.1; echo library > "$output"`,
    );
    const [first, second] = await Promise.all([buildKernels([working]), buildKernels([working])]);
    expect(second).toBe(first);
    const runs = await readFile(join(folder, 'runs'), 'utf8');
    expect(await buildKernels(['no-compiler-of-this-name'])).toBe(first);
    expect(await readFile(join(folder, 'runs'), 'utf8')).toBe(runs);
    expect((await made()).filter((name) => name.includes('libfoldwise'))).toHaveLength(1);
  });
});

describe.skipIf(process.platform === 'win32')("the kernels' sources", () => {
  it('compile without a warning', async ({ skip }) => {
    const found = process.env.CC ?? 'cc';
    if (!(await execute(found, ['--version']).catch(() => undefined))) skip('no C compiler');
    const files = (await readdir(sources)).filter((name) => name.endsWith('.c'));
    const native = process.arch === 'arm64' ? '-mcpu=native' : '-march=native';
    const args = ['-Wall', '-Wextra', '-Wno-psabi', '-Werror', '-fsyntax-only', native];
    await execute(found, [...args, ...files.map((name) => join(sources, name))]);
  });
});

describe.skipIf(process.platform === 'win32')('a process whose engine starts without kernels', () => {
  const source = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    const { startEngine } = await import(${source('../engine/start-engine.ts')});
    const { compile } = await import(${source('../compile/compile.ts')});
    const { AdamW } = await import(${source('../optimizers/adam-w.ts')});
    const { tf } = await import(${source('../tf.ts')});
    const { kernels } = await startEngine({ engine: 'tensorflow' });
    const weight = tf.variable(tf.tensor1d([1]));
    const optimizer = new AdamW({ learningRate: 0.1, weightDecay: 0 });
    const step = compile(() => {
      optimizer.applyGradients({ [weight.name]: tf.grad((w) => w.square().sum())(weight) });
      return [];
    });
    step();
    console.log(JSON.stringify({ kernels, weight: weight.dataSync()[0] }));`;

  it.each<[string, Record<string, string>, RegExp]>([
    ['switched off', { FOLDWISE_KERNELS: 'off' }, /^FOLDWISE_KERNELS is set to off\.$/],
    ['without a compiler', { CC: 'no-compiler-of-this-name' }, /^No C compiler was found/],
  ])('says so and trains: %s', async (_, environment, message) => {
    await ensureLibrary();
    const folder = await mkdtemp(join(tmpdir(), 'foldwise-kernels-'));
    try {
      // A cache with TensorFlow, but without the kernels.
      await symlink(join(cacheFolder(), 'tensorflow'), join(folder, 'tensorflow'));
      const { stdout } = await execute(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '--eval', script],
        { env: { ...process.env, FOLDWISE_CACHE: folder, ...environment } },
      );
      const { kernels, weight } = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
        kernels: { missing: string };
        weight: number;
      };
      expect(kernels.missing).toMatch(message);
      // The first step of Adam goes against the sign of the gradient, by the learning rate.
      expect(weight).toBeCloseTo(1 - 0.1, 5);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
