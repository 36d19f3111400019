/** The hidden states of sequences without padding between them, as those of sequences of equal length, and the way back. */
import type { tf } from '../tf.ts';
import { nativeOp, nativeType } from './native-op.ts';
import type { PackedSequences } from '../scope/scope.ts';
import { withGradient } from './with-gradient.ts';

/**
 * hidden: [1, rows, width]; mask: int32 [sequences, tokens], read for its shape; result: [sequences, tokens, width], zeros
 * behind each sequence. Needs this package's kernels. @throws if a sequence has more tokens than the mask
 */
export function padSequences(
  hidden: tf.Tensor3D,
  mask: tf.Tensor2D,
  { starts, positions }: PackedSequences,
): tf.Tensor3D {
  return withGradient('padSequences', [hidden], ([hidden], save) => {
    save(starts, positions);
    return {
      value: nativeOp('FoldwisePad', { T: { type: nativeType(hidden) } }, [hidden, starts, mask]),
      gradient: (dy, [starts, positions]) =>
        nativeOp('FoldwiseUnpad', { T: { type: nativeType(dy) } }, [dy, starts!, positions!]),
    };
  }) as tf.Tensor3D;
}

/**
 * The way back: x: [sequences, tokens, width]; mask: as above; result: [1, rows, width], zeros for rows that belong to no
 * sequence. What stands behind a sequence's end is left out.
 */
export function unpadSequences(
  x: tf.Tensor3D,
  mask: tf.Tensor2D,
  { starts, positions }: PackedSequences,
): tf.Tensor3D {
  return withGradient('unpadSequences', [x], ([x], save) => {
    save(starts, mask);
    return {
      value: nativeOp('FoldwiseUnpad', { T: { type: nativeType(x) } }, [x, starts, positions]),
      gradient: (dy, [starts, mask]) =>
        nativeOp('FoldwisePad', { T: { type: nativeType(dy) } }, [dy, starts!, mask!]),
    };
  }) as tf.Tensor3D;
}
