/** Runs batches of texts through a compiled forward pass, and prepares each while the one before it runs. */
import { tf, type CompiledFunction } from '@foldwise/tensorflow';
import type { PlannedBatch } from './planned-batch.ts';
import { inputTensors, textInputs, type TextInputs } from './text-inputs.ts';

/** The tensors of a batch (`inputTensors`) to one row a text: [size, columns]. */
export type Forward = CompiledFunction<[inputs: tf.NamedTensorMap], tf.Tensor>;

export interface ForwardBatchesOptions {
  batches: readonly PlannedBatch[];
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
  const run = async (batch: PlannedBatch, laidOut: TextInputs) => {
    const { rows, size } = batch;
    const inputs = inputTensors(batch, laidOut);
    try {
      const result = await forward.async(inputs);
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
      const laidOut = textInputs(batch, tokens, padId);
      await running;
      running = run(batch, laidOut);
    }
  } finally {
    await running;
  }
}
