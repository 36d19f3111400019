/** Rows of an embedding table by id, with a gradient that adds up the rows of equal ids. */
import { tf } from '../tf.ts';
import { withGradient } from './with-gradient.ts';

/** table: [rows, n]; ids: int32 [...]; result: [..., n]. @throws for an id outside the table. */
export function embeddingLookup(table: tf.Tensor2D, ids: tf.Tensor): tf.Tensor {
  const [rows, width] = table.shape;
  return withGradient([table], ([table], save) => {
    save(ids);
    return {
      value: tf.gather(table, ids as tf.Tensor1D),
      gradient: (dy, [ids]) =>
        tf.unsortedSegmentSum(dy.reshape([-1, width]), ids!.reshape([-1]) as tf.Tensor1D, rows),
    };
  });
}
