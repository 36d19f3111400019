/** GELU (Hendrycks & Gimpel 2016), exact by erf or by its tanh approximation, with a gradient of few passes. */
import { tf } from '../tf.ts';
import { usesKernels } from './kernels.ts';
import { nativeOp, nativeOps, nativeType } from './native-op.ts';
import { withGradient } from './with-gradient.ts';

const halfRoot = Math.SQRT1_2;
const density = 1 / Math.sqrt(2 * Math.PI);
const tanhScale = Math.sqrt(2 / Math.PI);
const tanhCubic = 0.044715;

/** `x Φ(x)` element by element, any shape. `approximate` takes the tanh form, as "gelu_new" does in checkpoints. */
export function gelu<T extends tf.Tensor>(x: T, approximate = false): T {
  if (usesKernels() && x.rank > 0)
    return tf.tidy(() => biasGelu(x, tf.zeros([x.shape.at(-1)!]), approximate));
  return (approximate ? tanhGelu : exactGelu)(x) as T;
}

/** `gelu(x + bias)`. x: [..., n]; bias: [n]; result: [..., n]. */
export function biasGelu<T extends tf.Tensor>(x: T, bias: tf.Tensor1D, approximate = false): T {
  if (!usesKernels()) return gelu(x.add<T>(bias), approximate);
  return withGradient('biasGelu', [x, bias], ([x, bias], save) => {
    save(x, bias);
    return {
      value: nativeBiasGelu(x, bias, approximate),
      gradient: (dy, [x, bias]) => biasGeluGradient(dy, x!, bias!, approximate),
    };
  }) as T;
}

/** `biasGelu` by its kernel, without a gradient. */
export function nativeBiasGelu(x: tf.Tensor, bias: tf.Tensor, approximate: boolean): tf.Tensor {
  const attributes = { T: { type: nativeType(x) }, approximate: Number(approximate) };
  return nativeOp('FoldwiseBiasGelu', attributes, [x, bias]);
}

/** The gradients of `biasGelu`'s inputs and, if it is asked for, its value `again`. */
export function biasGeluGradient(
  dy: tf.Tensor,
  x: tf.Tensor,
  bias: tf.Tensor,
  approximate: boolean,
  again = false,
): tf.Tensor[] {
  const types = { D: { type: nativeType(dy) }, T: { type: nativeType(x) } };
  const attributes = { ...types, approximate: Number(approximate), again: Number(again) };
  return nativeOps('FoldwiseBiasGeluGrad', attributes, [dy, x, bias], again ? 3 : 2);
}

const exactGelu = (x: tf.Tensor) =>
  withGradient('gelu', [x], ([input], save) => {
    const cdf = input.mul(halfRoot).erf().add(1).mul(0.5);
    save(input, cdf);
    return {
      value: input.mul(cdf),
      gradient: (dy, [a, phi]) => dy.mul(phi!.add(a!.mul(a!.square().mul(-0.5).exp()).mul(density))),
    };
  });

const tanhGelu = (x: tf.Tensor) =>
  withGradient('gelu', [x], ([input], save) => {
    const tanh = input.square().mul(tanhCubic).add(1).mul(input).mul(tanhScale).tanh();
    save(input, tanh);
    return {
      value: tanh.add(1).mul(input).mul(0.5),
      gradient: (dy, [a, t]) => {
        const slope = a!
          .square()
          .mul(3 * tanhCubic)
          .add(1)
          .mul(tanhScale);
        return dy.mul(
          t!
            .add(1)
            .add(a!.mul(t!.square().neg().add(1)).mul(slope))
            .mul(0.5),
        );
      },
    };
  });
