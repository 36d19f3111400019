/** Whether the fused kernels are there; apart from their loader, so that operations load without the C API. */

/** The operations' library, or why there is none. */
export type Kernels = { library: string } | { missing: string };

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

/** Makes plain operations stand in for the kernels from now on, or no longer; for tests of both. */
export function switchKernels(on: boolean): void {
  switchedOn = on;
}
