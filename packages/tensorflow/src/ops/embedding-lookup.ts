/** Rows of an embedding table by id, with a gradient that adds up the rows of equal ids. */
import { activeTracer } from '../compile/active-tracer.ts';
import { idOf } from '../compile/own-value.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';
import { usesKernels } from './kernels.ts';
import { nativeOps, nativeType } from './native-op.ts';
import { noteRows } from './row-gradient.ts';
import { withGradient } from './with-gradient.ts';

/**
 * table: [rows, n]; ids: int32 [...]; result: [..., n]. In compiled functions, `AdamW` and `clipFactor` take the
 * gradient by its rows. @throws for an id outside the table.
 */
export function embeddingLookup(table: tf.Tensor2D, ids: tf.Tensor): tf.Tensor {
  const [rows, width] = table.shape;
  return withGradient(
    'embeddingLookup',
    [table],
    ([table], save) => {
      save(ids);
      return {
        value: tf.gather(table, ids),
        gradient: (dy, [ids]) => {
          const [places, changes] = [ids!.reshape<tf.Tensor1D>([-1]), dy.reshape([-1, width])];
          const dense = tf.unsortedSegmentSum(changes, places, rows);
          if (activeTracer() && usesKernels()) noteRows(dense, sumRows(places, changes, rows));
          return dense;
        },
      };
    },
    { differentiable: true },
  );
}

function sumRows(ids: tf.Tensor1D, changes: tf.Tensor, rows: number) {
  const backend = nativeBackend()!;
  const attributes = { T: { type: nativeType(changes) }, table: rows };
  const [unique, sums] = nativeOps('FoldwiseSumRows', attributes, [ids, changes], 2).map((tensor) =>
    backend.binding.symbolOf(idOf(backend, tensor)),
  );
  return { unique: unique!, sums: sums! };
}
