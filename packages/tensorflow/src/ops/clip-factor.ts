/** Clipping by global norm (Pascanu et al. 2013). */
import { nativeBackend } from '../engine/native-backend.ts';
import { tf } from '../tf.ts';
import { nativeOp } from './native-op.ts';

/** The factor, at most 1, that brings the joint Euclidean norm of all gradients down to `limit`: a scalar. */
export function clipFactor(gradients: readonly tf.Tensor[], limit: number): tf.Scalar {
  return tf.tidy(() => {
    const norm = tf.addN(gradients.map(squareSum)).sqrt();
    return tf.minimum(tf.div(limit, norm.add(1e-6)), 1) as tf.Scalar;
  });
}

/** L2Loss is half of the sum of squares, in one pass. */
function squareSum(x: tf.Tensor): tf.Tensor {
  return nativeBackend() ? nativeOp('L2Loss', { T: { type: 'float32' } }, [x]).mul(2) : x.square().sum();
}
