/** Runs batches of texts through a compiled forward pass, and prepares each while the one before it runs. */
import { tf, type CompiledFunction } from '@foldwise/tensorflow';
import { padBatch } from '@foldwise/tokens';

/** Token ids and mask, int32 [size, length], to one row a text: [size, columns]. */
export type Forward = CompiledFunction<[ids: tf.Tensor, mask: tf.Tensor], tf.Tensor>;

export interface ForwardBatch {
  /** Indices into the texts; at least one, at most `size`. */
  rows: Int32Array;
  /** Rows that go through the model: copies of the first one fill the batch up, so that shapes are few. */
  size: number;
  /** Tokens of a row, with padding. */
  length: number;
}

export interface ForwardBatchesOptions {
  batches: readonly ForwardBatch[];
  /** Each text's token ids. */
  tokens: readonly Int32Array[];
  padId: number;
  /** Called before each batch; it may throw to stop. */
  onBatch?: (batch: number, batches: number) => void;
  /** Takes what came out for the text of index `row`: [columns]. */
  take: (row: number, values: Float32Array) => void;
}

/**
 * @throws what the forward pass, `onBatch` or `take` throws, once nothing runs any more: all can be disposed then.
 */
export async function forwardBatches(
  forward: Forward,
  { batches, tokens, padId, onBatch, take }: ForwardBatchesOptions,
): Promise<void> {
  const run = async ({ rows, size, length }: ForwardBatch, padded: ReturnType<typeof padBatch>) => {
    const inputs = [padded.ids, padded.mask].map((values) => tf.tensor2d(values, [size, length], 'int32'));
    try {
      const result = await forward.async(inputs[0]!, inputs[1]!);
      const values = (await result.data().finally(() => result.dispose())) as Float32Array;
      const columns = values.length / size;
      rows.forEach((row, i) => take(row, values.subarray(i * columns, (i + 1) * columns)));
    } finally {
      tf.dispose(inputs);
    }
  };

  let running = Promise.resolve();
  try {
    for (const [i, batch] of batches.entries()) {
      onBatch?.(i, batches.length);
      const { rows, size, length } = batch;
      const filled = Int32Array.from({ length: size }, (_, at) => rows[at] ?? rows[0]!);
      const padded = padBatch(tokens, filled, length, padId);
      await running;
      running = run(batch, padded);
    }
  } finally {
    await running;
  }
}
