/** Registers the fused kernels with TensorFlow: operations of this package's own, named Foldwise…, on the CPU. */
import koffi from 'koffi';
import { keepLoaded } from '../c-api/keep-loaded.ts';
import { buildKernels } from './build-kernels.ts';
import { foundKernels, noteKernels, type Kernels } from './has-kernels.ts';

/**
 * Builds and loads them for a libtensorflow that is loaded. Never throws: without them plain operations do.
 * `FOLDWISE_KERNELS=off` leaves them out.
 */
export async function loadKernels({ cc, threads }: { cc: string; threads: number }): Promise<Kernels> {
  if ('library' in foundKernels()) return foundKernels();
  try {
    if (process.env.FOLDWISE_KERNELS === 'off') throw new Error('FOLDWISE_KERNELS is set to off.');
    const library = await buildKernels();
    loadIntoTensorflow(cc, library);
    keepLoaded(library);
    const loaded = koffi.load(library);
    const failure = loaded.func('foldwise_start', 'str', ['int'])(threads) as string | null;
    if (failure !== null) throw new Error(`The fused kernels cannot be used. ${failure}`);
    const products = loaded.func('foldwise_products', 'int', [])() as number;
    return noteKernels({ library, products: { fp32: (products & 1) !== 0, bf16: (products & 2) !== 0 } });
  } catch (error) {
    return noteKernels({ missing: (error as Error).message });
  }
}

/** TensorFlow loads the library, which registers its operations then. @throws if it refuses one of them, saying which. */
function loadIntoTensorflow(cc: string, library: string): void {
  const tensorflow = koffi.load(cc, { lazy: true });
  const call = (name: string, result: string, args: string[]) => tensorflow.func(name, result, args);
  const status = call('TF_NewStatus', 'void *', [])() as unknown;
  try {
    const handle = call('TF_LoadLibrary', 'void *', ['str', 'void *'])(library, status) as unknown;
    if (call('TF_GetCode', 'int', ['void *'])(status) !== 0)
      throw new Error(
        `TensorFlow refuses the fused kernels: ${(call('TF_Message', 'str', ['void *'])(status) as string).replaceAll('\n', '; ')}`,
      );
    call('TF_DeleteLibraryHandle', 'void', ['void *'])(handle);
  } finally {
    call('TF_DeleteStatus', 'void', ['void *'])(status);
  }
}
