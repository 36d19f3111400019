/** Set-up of tests whose kernels are compiled as for a processor that has AVX2 and no AVX-512. */
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../library/cache-folder.ts';
import { ensureLibrary } from '../../library/ensure-library.ts';

await ensureLibrary();
const folder = fileURLToPath(new URL('../../../../../node_modules/.cache/without-avx512/', import.meta.url));
await mkdir(folder, { recursive: true });
await symlink(join(cacheFolder(), 'tensorflow'), join(folder, 'tensorflow')).catch((error: unknown) => {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
});
const compiler = join(folder, 'cc');
const temporary = `${compiler}-${process.pid}`;
await writeFile(temporary, `#!/bin/sh\nexec ${process.env.CC ?? 'cc'} "$@" -mno-avx512f\n`, { mode: 0o755 });
await rename(temporary, compiler);
process.env.CC = compiler;
process.env.FOLDWISE_CACHE = folder;
