/**
 * In which precision matrix products run, as autocast has it: bf16 takes half of the memory traffic and, on CPUs that
 * have it, a fraction of the time, while losses, norms, softmax, sums and the weights themselves stay in fp32.
 */
export type Precision = 'fp32' | 'bf16';

let current: Precision = 'fp32';

/** The precision of products now. */
export function precision(): Precision {
  return current;
}

/** Runs (or traces) `body` with products in this precision, their gradients' products too. */
export function withPrecision<R>(chosen: Precision, body: () => R): R {
  const outer = current;
  current = chosen;
  try {
    return body();
  } finally {
    current = outer;
  }
}
