/** Runs batches through a compiled forward pass, and prepares each while the one before it runs. */
import { tf, type CompiledFunction } from '@foldwise/tensorflow';
import type { Batch, Batches } from '@foldwise/tokens';
import { batchTensors } from '../batches/batch-tensors.ts';

/** The tensors of a batch (`batchTensors`) to one row an encoding: [size, columns]. */
export type Forward = CompiledFunction<[inputs: tf.NamedTensorMap], tf.Tensor>;

export interface ForwardBatchesOptions {
  /** That the forward pass is of. */
  model: tf.LayersModel;
  batches: Batches;
  /** Called before each batch; it may throw to stop. */
  onBatch?: ((batch: number, batches: number) => void) | undefined;
  /** Takes what came out for the encoding of that index: [columns]. */
  take: (entry: number, values: Float32Array) => void;
}

/**
 * @throws what the forward pass, `onBatch` or `take` throws, once nothing runs any more: all can be disposed then.
 */
export async function forwardBatches(
  forward: Forward,
  { model, batches, onBatch, take }: ForwardBatchesOptions,
): Promise<void> {
  const run = async (batch: Batch) => {
    const inputs = batchTensors(model, batch);
    try {
      const result = await forward.async(inputs);
      const values = (await result.data().finally(() => result.dispose())) as Float32Array;
      const columns = values.length / batch.size;
      batch.entries.forEach((entry, i) => take(entry, values.subarray(i * columns, (i + 1) * columns)));
    } finally {
      tf.dispose(inputs);
    }
  };

  let running = Promise.resolve();
  try {
    for (let i = 0; i < batches.count; i++) {
      onBatch?.(i, batches.count);
      const batch = batches.at(i);
      await running;
      running = run(batch);
    }
  } finally {
    await running;
  }
}
