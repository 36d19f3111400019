/** Rows of an embedding table by id, with a gradient that adds up the rows of equal ids. */
import { nativeBackend } from '../engine/native-backend.ts';
import { tf } from '../tf.ts';
import { nativeOp } from './native-op.ts';
import { withGradient } from './with-gradient.ts';

/** table: [rows, n]; ids: int32 [...]; result: [..., n]. @throws for an id outside the table. */
export function embeddingLookup(table: tf.Tensor2D, ids: tf.Tensor): tf.Tensor {
  const [rows, width] = table.shape;
  return withGradient([table], ([table], save) => {
    save(ids);
    return {
      value: gather(table, ids),
      gradient: (dy, [ids]) =>
        tf.unsortedSegmentSum(dy.reshape([-1, width]), ids!.reshape([-1]) as tf.Tensor1D, rows),
    };
  });
}

/** tfjs-node's own kernel reads the ids to check them, which no compiled function can; TensorFlow checks them anyway. */
function gather(table: tf.Tensor2D, ids: tf.Tensor): tf.Tensor {
  if (!nativeBackend()) return tf.gather(table, ids as tf.Tensor1D);
  return nativeOp(
    'GatherV2',
    { batch_dims: 0, Tparams: { type: 'float32' }, Tindices: { type: 'int32' }, Taxis: { type: 'int32' } },
    [table, ids, tf.scalar(0, 'int32')],
  );
}
