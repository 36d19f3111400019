/** `tf.customGrad` with types that fit how it is used here, in the scope of the forward pass, and with its order told. */
import { scope, withScope } from '../scope/scope.ts';
import { tf } from '../tf.ts';

interface Differentiable {
  value: tf.Tensor;
  /** The gradients of the inputs, in order, from that of the value and what was saved. */
  gradient: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
}

interface Options {
  /**
   * Whether the gradient is made of operations that have gradients themselves, of nothing saved but inputs. Otherwise
   * a gradient of the gradient is an error: TensorFlow.js would take it for 0, or leave a part of it out.
   */
  differentiable?: boolean;
}

/**
 * The value of `forward`, with a gradient of its own in place of that of the operations within. `name` is the
 * operation's, for messages.
 */
export function withGradient<I extends tf.Tensor[]>(
  name: string,
  inputs: readonly [...I],
  forward: (inputs: I, save: (...saved: tf.Tensor[]) => void) => Differentiable,
  { differentiable = false }: Options = {},
): tf.Tensor {
  const chosen = scope();
  return tf.customGrad((...args) => {
    const save = args.pop() as unknown as (saved: tf.Tensor[]) => void;
    const { value, gradient } = forward(args as unknown as I, (...saved) => save(saved));
    return {
      value,
      gradFunc: (dy, saved) => {
        const gradients = withScope(chosen, () => gradient(dy, saved));
        if (!differentiable) refuseAnother(name, [...inputs, dy], [gradients].flat());
        return gradients;
      },
    };
  })(...inputs);
}

/** What TensorFlow.js keeps of its tape to itself. */
interface Tape {
  state: { gradientDepth: number };
  addTapeNode: (
    name: string,
    inputs: Record<string, tf.Tensor>,
    outputs: tf.Tensor[],
    gradient: () => never,
    saved: tf.Tensor[],
    attributes: object,
  ) => void;
}

/** Where a gradient is being recorded for another one, makes that an error if it comes by here. */
function refuseAnother(name: string, inputs: readonly tf.Tensor[], outputs: tf.Tensor[]): void {
  const tape = tf.engine() as unknown as Tape;
  if (tape.state.gradientDepth === 0) return;
  const refuse = () => {
    throw new Error(
      `${name} has a gradient, but no gradient of that gradient. Use plain operations of TensorFlow.js in its place where you differentiate twice.`,
    );
  };
  tape.addTapeNode(`${name}Gradient`, Object.fromEntries(inputs.entries()), outputs, refuse, [], {});
}
