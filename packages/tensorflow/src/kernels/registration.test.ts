/** What a start tells of kernels that TensorFlow refuses: in a process of its own, whose kernels a compiler has changed. */
import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from '../library/cache-folder.ts';
import { ensureLibrary } from '../library/ensure-library.ts';

const execute = promisify(execFile);
const sources = fileURLToPath(new URL('../../kernels/', import.meta.url));

/** Starts the engine twice, as two threads of JavaScript would, and has biasGelu computed. */
const script = `
  const source = (path) => new URL(path, ${JSON.stringify(import.meta.url)}).href;
  const { startEngine } = await import(source('../engine/start-engine.ts'));
  const { loadKernels } = await import(source('./load-kernels.ts'));
  const { biasGelu } = await import(source('../ops/gelu.ts'));
  const { tf } = await import(source('../tf.ts'));
  const { kernels, library } = await startEngine({ engine: 'tensorflow' });
  const again = await loadKernels({ ...library, threads: 1 });
  const value = biasGelu(tf.tensor2d([[1, -1]]), tf.tensor1d([1, 2])).arraySync();
  console.log(JSON.stringify({ kernels, again, value }));`;

/** What the script prints where `from` in a source of the kernels is `to`. */
async function startWith(file: string, from: string, to: string) {
  await ensureLibrary();
  const folder = await mkdtemp(join(tmpdir(), 'foldwise-registration-'));
  try {
    await symlink(join(cacheFolder(), 'tensorflow'), join(folder, 'tensorflow'));
    const changed = join(folder, 'sources');
    await cp(sources, changed, { recursive: true });
    const text = await readFile(join(changed, file), 'utf8');
    expect(text).toContain(from);
    await writeFile(join(changed, file), text.replace(from, to));
    const compiler = join(folder, 'cc');
    // The sources' folder, in all arguments, is the other one.
    const wrapper = `#!/bin/bash\nexec ${process.env.CC ?? 'cc'} "\${@//${sources.replaceAll('/', '\\/')}/${changed.replaceAll('/', '\\/')}\\/}" -O1\n`;
    await writeFile(compiler, wrapper);
    await chmod(compiler, 0o755);
    const { stdout } = await execute(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      { env: { ...process.env, FOLDWISE_CACHE: folder, CC: compiler } },
    );
    return JSON.parse(stdout.trim().split('\n').at(-1)!) as {
      kernels: { missing: string };
      again: { missing: string };
      value: [[number, number]];
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe.skipIf(process.platform === 'win32')('an engine whose kernels TensorFlow refuses', () => {
  it.each([
    ['a type that there is not', 'gelu.c', '"a:T: {float, bfloat16}"', '"a:T: {float, nonsense}"', /^TensorFlow refuses the fused kernels: .*nonsense.* for Op FoldwiseBiasGelu/], // prettier-ignore
    ['a name twice', 'norm.c', '"FoldwiseNormOnly"', '"FoldwiseNorm"', /^TensorFlow refuses the fused kernels: .*FoldwiseNorm/], // prettier-ignore
    ['a pattern that is none', 'dropout.c', '"i:x: T [...]"', '"i:x: T [n;]"', /^The fused kernels cannot be used\. FoldwiseDropout: a pattern/], // prettier-ignore
    ['a function that there is not', 'tensorflow.h', 'X(int, TF_NumDims', 'X(void, TF_NoSuchFunction, (void)) X(int, TF_NumDims', /has no TF_NoSuchFunction/], // prettier-ignore
  ])(
    'says so, and computes with plain operations: %s',
    async (_, file, from, to, message) => {
      const { kernels, again, value } = await startWith(file, from, to);
      expect(kernels.missing).toMatch(message);
      expect(again.missing).toMatch(/Foldwise|TF_NoSuchFunction/);
      // gelu(2) and gelu(1), by Python's math.erf.
      expect(value[0][0]).toBeCloseTo(1.9544997, 5);
      expect(value[0][1]).toBeCloseTo(0.8413447, 5);
    },
    120_000,
  );
});
