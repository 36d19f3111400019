/** Registers the fused kernels with TensorFlow: operations of this package's own, named Foldwise…, on the CPU. */
import koffi from 'koffi';
import { keepLoaded } from '../c-api/keep-loaded.ts';
import { buildKernels } from './build-kernels.ts';
import { foundKernels, noteKernels, type Kernels } from './has-kernels.ts';

/**
 * Builds and loads them for a libtensorflow that is loaded. Never throws: without them plain operations do.
 * `FOLDWISE_KERNELS=off` leaves them out.
 */
export async function loadKernels(files: {
  framework: string;
  cc: string;
  threads: number;
}): Promise<Kernels> {
  if ('library' in foundKernels()) return foundKernels();
  try {
    if (process.env.FOLDWISE_KERNELS === 'off') throw new Error('FOLDWISE_KERNELS is set to off.');
    const library = await buildKernels();
    keepLoaded(library);
    const loaded = koffi.load(library);
    const start = loaded.func('foldwise_start', 'str', ['str', 'str', 'int']);
    const absent = start(files.framework, files.cc, files.threads) as string | null;
    if (absent !== null)
      throw new Error(`This libtensorflow has no ${absent}, which the fused kernels call.`);
    const products = loaded.func('foldwise_products', 'int', [])() as number;
    return noteKernels({ library, products: { fp32: (products & 1) !== 0, bf16: (products & 2) !== 0 } });
  } catch (error) {
    return noteKernels({ missing: (error as Error).message });
  }
}
