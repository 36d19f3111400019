/** The affine map of a dense layer, as one product over all rows. */
import type { tf } from '../tf.ts';
import { product } from './product.ts';

/** `x W + b`. x: [..., n]; kernel: [n, m]; bias: [m]; result: [..., m]. */
export function dense(x: tf.Tensor, kernel: tf.Tensor2D, bias?: tf.Tensor1D): tf.Tensor {
  const [inputs, outputs] = kernel.shape;
  const result = product(x.reshape<tf.Tensor2D>([-1, inputs]), kernel);
  return (bias ? result.add(bias) : result).reshape([...x.shape.slice(0, -1), outputs]);
}
