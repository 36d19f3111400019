/** The feed-forward part of a transformer layer, which keeps one of its two inner activations for the gradient. */
import type { tf } from '../tf.ts';
import { dense } from './dense.ts';
import { denseGelu, predictsFused } from './dense-gelu.ts';
import { biasGeluGradient, nativeBiasGelu } from './gelu.ts';
import { usesKernels } from './kernels.ts';
import { product } from './product.ts';
import { withGradient } from './with-gradient.ts';

interface Weights {
  /** [n, m] */
  inner: tf.Tensor2D;
  /** [m] */
  bias: tf.Tensor1D;
  /** [m, k] */
  outer: tf.Tensor2D;
}

/** `gelu(x inner + bias) outer`. x: [..., n]; result: [..., k]. `approximate` takes the tanh form of GELU. */
export function feedForward(x: tf.Tensor, { inner, bias, outer }: Weights, approximate = false): tf.Tensor {
  if (!usesKernels() || predictsFused()) return dense(denseGelu(x, inner, bias, approximate), outer);
  const before = product(x.reshape<tf.Tensor2D>([-1, inner.shape[0]]), inner);
  const result = withGradient('feedForward', [before, bias, outer], ([before, bias, outer], save) => {
    save(before, bias, outer);
    return {
      value: product(nativeBiasGelu(before, bias, approximate), outer),
      // The GELU's gradient gives its value once more: half of what a layer would keep otherwise is that.
      gradient: (dy, [before, bias, outer]) => {
        const dvalue = product(dy, outer!, false, true);
        const [dbefore, dbias, value] = biasGeluGradient(dvalue, before!, bias!, approximate, true);
        return [dbefore!, dbias!, product(value!, dy, true)];
      },
    };
  });
  return result.reshape([...x.shape.slice(0, -1), outer.shape[1]]);
}
