/** Compiles the C kernels of this package for the processor at hand, once, with the C compiler of the machine. */
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cpuFeatures } from '../engine/cpu-features.ts';
import { cacheFolder } from '../library/cache-folder.ts';

const run = promisify(execFile);
const sources = fileURLToPath(new URL('../../kernels/', import.meta.url));

/** Sums may be taken in another order, which vector instructions need; NaN and infinity stay what they are. */
const arithmetic = ['-fno-math-errno', '-fno-trapping-math', '-fno-signed-zeros', '-fassociative-math'];

/** Functions of Linux; the sources say so as well, which is too late where a compiler includes a header before all else. */
const ofSystem = '-D_GNU_SOURCE';

/** Compilers shun vectors of 512 bits, which slow old processors' clocks down; the products have them anyway. */
const vectors = process.arch === 'x64' ? ['-mprefer-vector-width=512'] : [];

/**
 * The path of the shared library, from the cache where the same sources were compiled for the same processor before.
 * `CC` names the compiler; `cc`, `gcc` and `clang` are tried otherwise.
 *
 * @throws if there is no compiler, or it refuses the sources, saying what to do.
 */
export async function buildKernels(compilers = process.env.CC ? [process.env.CC] : ['cc', 'gcc', 'clang']) {
  if (process.platform === 'win32') throw new Error('The fused kernels are not built on Windows.');
  const files = (await readdir(sources)).filter((name) => /\.[ch]$/.test(name)).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(sources, name))));
  const hash = createHash('sha256')
    .update(process.arch)
    .update(cpus()[0]?.model ?? '');
  const native = process.arch === 'arm64' ? '-mcpu=native' : '-march=native';
  const flags = ['-O3', native, ofSystem, ...arithmetic, ...vectors, '-fPIC', '-shared'];
  hash.update((cpuFeatures() ?? []).join(' ')).update(flags.join(' '));
  for (const [i, name] of files.entries()) hash.update(name).update(texts[i]!);
  const folder = join(cacheFolder(), 'kernels', hash.digest('hex').slice(0, 24));
  const library = join(folder, process.platform === 'darwin' ? 'libfoldwise.dylib' : 'libfoldwise.so');
  if (existsSync(library)) return library;
  await mkdir(folder, { recursive: true });
  // Others may compile at the same time; whoever ends last replaces the same with the same.
  const temporary = `${library}.${randomUUID()}`;
  const inputs = files.filter((name) => name.endsWith('.c')).map((name) => join(sources, name));
  const args = [...flags, '-o', temporary, ...inputs, '-lm', '-lpthread'];
  try {
    await compileWith(compilers, args);
    await rename(temporary, library);
  } finally {
    await rm(temporary, { force: true });
  }
  return library;
}

/** @throws with the first lines of what the last compiler that exists said. */
async function compileWith(compilers: readonly string[], args: readonly string[]): Promise<void> {
  let refusal: string | undefined;
  for (const compiler of compilers) {
    try {
      await run(compiler, args, { maxBuffer: 1 << 26 });
      return;
    } catch (error) {
      const { code, stderr, message } = error as NodeJS.ErrnoException & { stderr?: string };
      if (code !== 'ENOENT')
        refusal = `${compiler} did not compile the fused kernels: ${(stderr || message).split('\n').slice(0, 3).join(' ')}`;
    }
  }
  throw new Error(
    refusal ??
      `No C compiler was found (${compilers.join(', ')}), so plain operations stand in for the fused kernels, and training is slower. Install one (Debian: apt install gcc; macOS: xcode-select --install) or name it in CC.`,
  );
}
