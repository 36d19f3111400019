/** Has the kernels of a test file compiled with more options, into a cache folder of their own. */
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../library/cache-folder.ts';
import { ensureLibrary } from '../../library/ensure-library.ts';

/** Before the engine is started. `name` is the folder's, which stays: options that change take another name. */
export async function compileKernelsBy(name: string, options: string): Promise<void> {
  await ensureLibrary();
  const folder = fileURLToPath(new URL(`../../../../../node_modules/.cache/${name}/`, import.meta.url));
  await mkdir(folder, { recursive: true });
  /** Makes a file of the folder under a name of its own first, since other processes use the folder, too. */
  const put = async (name: string, make: (path: string) => Promise<void>) => {
    const path = join(folder, name);
    await make(`${path}-${process.pid}`);
    await rename(`${path}-${process.pid}`, path);
    return path;
  };
  const script = `#!/bin/sh\nexec ${process.env.CC ?? 'cc'} "$@" ${options}\n`;
  await put('tensorflow', (path) => symlink(join(cacheFolder(), 'tensorflow'), path));
  process.env.CC = await put('cc', (path) => writeFile(path, script, { mode: 0o755 }));
  process.env.FOLDWISE_CACHE = folder;
}
