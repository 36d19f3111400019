/** Set-up of tests whose kernels are compiled as for a processor that has AVX2 and no AVX-512. */
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../library/cache-folder.ts';
import { ensureLibrary } from '../../library/ensure-library.ts';

await ensureLibrary();
const folder = fileURLToPath(new URL('../../../../../node_modules/.cache/without-avx512/', import.meta.url));
await mkdir(folder, { recursive: true });
/** Makes a file of the folder under a name of its own first, since other processes use the folder, too. */
async function put(name: string, make: (path: string) => Promise<void>): Promise<string> {
  const path = join(folder, name);
  await make(`${path}-${process.pid}`);
  await rename(`${path}-${process.pid}`, path);
  return path;
}

const script = `#!/bin/sh\nexec ${process.env.CC ?? 'cc'} "$@" -mno-avx512f\n`;
await put('tensorflow', (path) => symlink(join(cacheFolder(), 'tensorflow'), path));
process.env.CC = await put('cc', (path) => writeFile(path, script, { mode: 0o755 }));
process.env.FOLDWISE_CACHE = folder;
