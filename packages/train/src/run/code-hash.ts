/** A fingerprint of the code that trains, for what only the very same code may go on with. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../../../', import.meta.url));
const trains = ['data', 'encoders', 'folds', 'heads', 'metrics', 'tensorflow', 'tokens', 'train'];

/** @returns SHA-256, in hexadecimal, of the sources of the packages that training is made of, tests left out */
export async function codeHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of trains)
    for (const part of ['src', 'kernels']) {
      const folder = join(packages, name, part);
      const files = await readdir(folder, { recursive: true }).catch(() => []);
      for (const file of files.filter((path) => /(?<!\.test)\.(ts|js|json|h|c|cc|cpp)$/.test(path)).sort())
        hash.update(`${name}/${part}/${file}\n`).update(await readFile(join(folder, file)));
    }
  return hash.digest('hex');
}
