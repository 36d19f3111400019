/** A dense layer with GELU: in compiled functions that do not train, the product's own kernel applies both. */
import { hasProducts } from '../kernels/has-kernels.ts';
import { scope } from '../scope/scope.ts';
import type { tf } from '../tf.ts';
import { dense } from './dense.ts';
import { biasGelu, biasGeluGradient } from './gelu.ts';
import { predictsCompiled, usesKernels } from './kernels.ts';
import { nativeOp } from './native-op.ts';
import { product } from './product.ts';
import { withGradient } from './with-gradient.ts';

/** `gelu(x W + b)`. x: [..., n]; kernel: [n, m]; bias: [m]; result: [..., m]. `approximate` takes the tanh form. */
export function denseGelu(
  x: tf.Tensor,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  approximate = false,
): tf.Tensor {
  const [inputs, outputs] = kernel.shape;
  // Training needs what goes into the GELU as well, and pairs of bf16 are summed over.
  if (!predictsFused() || inputs % 2 !== 0) return biasGelu(dense(x, kernel), bias, approximate);
  const rows = x.reshape<tf.Tensor2D>([-1, inputs]);
  return fused(rows, kernel, bias, approximate).reshape([...x.shape.slice(0, -1), outputs]);
}

/** Whether `denseGelu` is one kernel here. */
export function predictsFused(): boolean {
  return predictsCompiled() && usesKernels() && hasProducts(scope().precision === 'bf16' ? 'bf16' : 'fp32');
}

function fused(x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D, approximate: boolean): tf.Tensor {
  return withGradient('denseGelu', [x, kernel, bias], ([x, kernel, bias], save) => {
    save(x, kernel, bias);
    return {
      value: nativeOp('FoldwiseProductGelu', { T: { type: 'float32' }, approximate: Number(approximate) }, [
        x,
        kernel,
        bias,
      ]),
      gradient: (dy, [x, kernel, bias]) => {
        const inner = product(x!, kernel!);
        const [dinner, dbias] = biasGeluGradient(dy, inner, bias!, approximate);
        return [product(dinner!, kernel!, false, true), product(x!, dinner!, true), dbias!];
      },
    };
  });
}
