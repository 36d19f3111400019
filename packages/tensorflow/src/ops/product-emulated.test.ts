/** The products in bf16 on processors that have AVX-512 but no bf16: by a compiler that emulates its instructions. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cpuFeatures } from '../engine/cpu-features.ts';
import { startEngine } from '../engine/start-engine.ts';
import { hasProducts } from '../kernels/has-kernels.ts';
import { cacheFolder } from '../library/cache-folder.ts';
import { ensureLibrary } from '../library/ensure-library.ts';
import { exactProducts } from './testing/exact-products.ts';

const features = cpuFeatures() ?? [];
const emulates = features.includes('avx512f') && !features.some((feature) => /bf16/.test(feature));
const compiler = process.env.CC ?? 'cc';
const compiles = await promisify(execFile)(compiler, ['--version']).then(
  () => true,
  () => false,
);

describe.skipIf(!emulates || !compiles)('product, in emulated bf16', () => {
  let folder: string;

  beforeAll(async () => {
    await ensureLibrary();
    folder = await mkdtemp(join(tmpdir(), 'foldwise-emulated-'));
    await symlink(join(cacheFolder(), 'tensorflow'), join(folder, 'tensorflow'));
    const emulating = join(folder, 'cc');
    const header = fileURLToPath(new URL('testing/emulate-avx512.h', import.meta.url));
    await writeFile(emulating, `#!/bin/sh\nexec ${compiler} -include "${header}" -Wno-psabi "$@"\n`);
    await chmod(emulating, 0o755);
    vi.stubEnv('CC', emulating);
    vi.stubEnv('FOLDWISE_CACHE', folder);
    await startEngine({ engine: 'tensorflow' });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('has products in bf16', () => {
    expect(hasProducts('bf16')).toBe(true);
  });

  exactProducts('bf16');
});
