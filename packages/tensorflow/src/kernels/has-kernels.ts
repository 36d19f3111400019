/** Whether the fused kernels are there; apart from their loader, so that operations load without the C API. */
import { scope } from '../scope/scope.ts';

/** The operations' library, and in which precisions it has matrix products; or why there is none. */
export type Kernels = { library: string; products: { fp32: boolean; bf16: boolean } } | { missing: string };

let kernels: Kernels = { missing: 'The TensorFlow engine has not been started.' };

/** What `loadKernels` found. */
export function foundKernels(): Kernels {
  return kernels;
}

/** Notes what `loadKernels` found. */
export function noteKernels(found: Kernels): Kernels {
  return (kernels = found);
}

/** Whether operations named Foldwise… can be used. */
export function hasKernels(): boolean {
  return scope().kernels && 'library' in kernels;
}

/**
 * Whether `FoldwiseProduct`, `…NT` and `…TN` can be used, matrix products: in fp32 on processors with AVX-512, or with AVX2
 * and FMA; in bf16 on those that multiply it in vector registers (AVX-512 BF16) and not in a matrix unit.
 */
export function hasProducts(precision: 'fp32' | 'bf16'): boolean {
  return scope().kernels && 'library' in kernels && kernels.products[precision];
}
