/** `tf.customGrad` with types that fit how it is used here. */
import { tf } from '../tf.ts';

interface Differentiable {
  value: tf.Tensor;
  /** The gradients of the inputs, in order, from that of the value and what was saved. */
  gradient: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
}

/** The value of `forward`, with a gradient of its own in place of that of the operations within. */
export function withGradient<I extends tf.Tensor[]>(
  inputs: readonly [...I],
  forward: (inputs: I, save: (...saved: tf.Tensor[]) => void) => Differentiable,
): tf.Tensor {
  return tf.customGrad((...args) => {
    const save = args.pop() as unknown as (saved: tf.Tensor[]) => void;
    const { value, gradient } = forward(args as unknown as I, (...saved) => save(saved));
    return { value, gradFunc: (dy, saved) => gradient(dy, saved) };
  })(...inputs);
}
