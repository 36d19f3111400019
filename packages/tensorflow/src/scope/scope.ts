/**
 * What operations depend on beside their inputs: one value, which `compile` makes part of a function's key and passes
 * on. It is ambient, since the functional models of TensorFlow.js hand nothing on to their layers; a body that goes on
 * after it has returned, as an asynchronous one does, would see another's scope, and is refused.
 */
import type { tf } from '../tf.ts';

/**
 * In which precision operations run, as PyTorch's autocast has it: `bf16` takes half of the memory traffic and, on
 * CPUs and GPUs that have it, a fraction of the time of matrix products; `tf32` rounds the factors of a GPU's products
 * to 10 bits of significand, and is `fp32` on CPUs. The weights themselves are float32 always.
 */
export type Precision = 'fp32' | 'bf16' | 'tf32';

/** That layers train, and from which seed. */
export interface TrainingScope {
  /** Seed of the step, int32 [2]: the run's seed and the step's number. */
  readonly seed: tf.Tensor1D;
  /** Number of the next random operation within the step; who draws counts it up. */
  next: number;
}

/**
 * A batch whose sequences follow one another without padding between them ("unpadding", as in ModernBERT, Warner et al.
 * 2024): layers get hidden states [1, rows, hidden] in place of [sequences, tokens, hidden].
 */
export interface PackedSequences {
  /** int32 [sequences + 1]: each one's first row, then the end of the last. Rows behind it belong to none. */
  readonly starts: tf.Tensor1D;
  /** int32 [1, rows]: each row's place in its sequence, from 0. */
  readonly positions: tf.Tensor2D;
  /** Tokens of the longest sequence. */
  readonly longest: number;
}

export interface Scope {
  readonly precision: Precision;
  /** Whether operations may run on this package's own kernels, where there are any. */
  readonly kernels: boolean;
  /** Undefined in prediction. */
  readonly training: TrainingScope | undefined;
  /** Undefined where batches are padded. */
  readonly sequences: PackedSequences | undefined;
}

/** The scope outside of all bodies. */
export const defaultScope: Scope = {
  precision: 'fp32',
  kernels: true,
  training: undefined,
  sequences: undefined,
};

let current = defaultScope;

/** The scope of what runs, or is traced, now. */
export function scope(): Scope {
  return current;
}

/**
 * Runs (or traces) `body` in the current scope with these changes.
 * @throws if it returns a promise; what it does after its first `await` is outside of the scope, and its failures are lost
 */
export function withScope<R>(change: Partial<Scope>, body: () => R): R {
  const outer = current;
  current = { ...outer, ...change };
  let result: R;
  try {
    result = body();
  } finally {
    current = outer;
  }
  refusePromise(
    result,
    `The body of a scope (${Object.keys(change).join(', ')}) returned a promise; the scope ends where the body returns. Await outside, and run within it what computes tensors.`,
  );
  return result;
}

/** @throws an Error with this message if a value is a promise, whose own failure ends nothing then */
export function refusePromise(value: unknown, message: string): void {
  if (!(value instanceof Promise)) return;
  value.catch(() => undefined);
  throw new Error(message);
}

/** Runs (or traces) `body` in this precision. `operationKind` tells what that means for each operation. */
export function withPrecision<R>(precision: Precision, body: () => R): R {
  return withScope({ precision }, body);
}

/** Runs (or traces) `body` with plain operations, which XLA and gradients of gradients know, or with our kernels again. */
export function withKernels<R>(kernels: boolean, body: () => R): R {
  return withScope({ kernels }, body);
}

/** Runs `body` in training mode. `seed` is an int32 tensor [2], the same for the same dropout masks. */
export function trainWith<R>(seed: tf.Tensor1D, body: () => R): R {
  return withScope({ training: { seed, next: 0 } }, body);
}

/** Runs `body`, whose layers get hidden states [1, rows, hidden] in place of [sequences, tokens, hidden]. */
export function withPackedSequences<R>(sequences: PackedSequences, body: () => R): R {
  return withScope({ sequences }, body);
}

/** The sequences of the batch that `withPackedSequences` runs; undefined where batches are padded. */
export function packedSequences(): PackedSequences | undefined {
  return current.sequences;
}

/** The training step that is running or being traced; undefined in prediction. */
export function trainingScope(): TrainingScope | undefined {
  return current.training;
}
