/**
 * In which precision operations run, as PyTorch's autocast has it: `bf16` takes half of the memory traffic and, on
 * CPUs and GPUs that have it, a fraction of the time of matrix products; `tf32` rounds the factors of a GPU's products
 * to 10 bits of significand, and is `fp32` on CPUs. The weights themselves are float32 always.
 */
export type Precision = 'fp32' | 'bf16' | 'tf32';

let current: Precision = 'fp32';

/** The precision now. */
export function precision(): Precision {
  return current;
}

/** Runs (or traces) `body` in this precision. `operationKind` tells what that means for each operation. */
export function withPrecision<R>(chosen: Precision, body: () => R): R {
  const outer = current;
  current = chosen;
  try {
    return body();
  } finally {
    current = outer;
  }
}
