/** Whether the fused kernels are there; apart from their loader, so that operations load without the C API. */

/** The operations' library, and whether it has matrix products; or why there is none. */
export type Kernels = { library: string; products: boolean } | { missing: string };

let kernels: Kernels = { missing: 'The TensorFlow engine has not been started.' };
let switchedOn = true;

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
  return switchedOn && 'library' in kernels;
}

/**
 * Whether `FoldwiseProduct`, `…NT` and `…TN` can be used, matrix products in bf16: on processors that multiply bf16 in
 * vector registers (AVX-512 BF16) and not in a matrix unit.
 */
export function hasProducts(): boolean {
  return switchedOn && 'library' in kernels && kernels.products;
}

/** Makes plain operations stand in for the kernels from now on, or no longer; for tests of both. */
export function switchKernels(on: boolean): void {
  switchedOn = on;
}
