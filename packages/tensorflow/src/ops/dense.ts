/** The affine map of a dense layer, as one product over all rows. */
import { tf } from '../tf.ts';

/** `x W + b`. x: [..., n]; kernel: [n, m]; bias: [m]; result: [..., m]. */
export function dense(x: tf.Tensor, kernel: tf.Tensor2D, bias?: tf.Tensor1D): tf.Tensor {
  const [inputs, outputs] = kernel.shape;
  const product = tf.matMul(x.reshape([-1, inputs]) as tf.Tensor2D, kernel);
  return (bias ? product.add(bias) : product).reshape([...x.shape.slice(0, -1), outputs]);
}
