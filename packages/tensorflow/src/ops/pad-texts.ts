/** The hidden states of texts without padding between them, as those of texts of equal length. */
import type { tf } from '../tf.ts';
import { nativeOp, nativeType } from './native-op.ts';
import type { UnpaddedTexts } from './unpadded-scope.ts';
import { withGradient } from './with-gradient.ts';

/**
 * hidden: [1, rows, width]; mask: int32 [texts, tokens], read for its shape; result: [texts, tokens, width], zeros
 * behind each text. Needs this package's kernels. @throws if a text has more tokens than the mask
 */
export function padTexts(
  hidden: tf.Tensor3D,
  mask: tf.Tensor2D,
  { starts, positions }: UnpaddedTexts,
): tf.Tensor3D {
  return withGradient([hidden], ([hidden], save) => {
    save(starts, positions);
    return {
      value: nativeOp('FoldwisePad', { T: { type: nativeType(hidden) } }, [hidden, starts, mask]),
      gradient: (dy, [starts, positions]) =>
        nativeOp('FoldwiseUnpad', { T: { type: nativeType(dy) } }, [dy, starts!, positions!]),
    };
  }) as tf.Tensor3D;
}
