/** Set-up of tests whose kernels are compiled as for a processor with AVX-512 BF16, which is emulated. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileKernelsBy } from './compile-kernels-by.ts';

const header = fileURLToPath(new URL('emulate-avx512.h', import.meta.url));
const hash = createHash('sha256')
  .update(await readFile(header))
  .digest('hex');
await compileKernelsBy(`emulated-avx512-${hash.slice(0, 8)}`, `-include "${header}" -Wno-psabi`);
