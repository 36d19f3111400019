/**
 * AdamW (Loshchilov & Hutter 2019) as PyTorch computes it: decay apart from the gradient, epsilon added to the
 * corrected root. In a compiled function it updates variables in place; elsewhere it assigns plain tensors.
 */
import { AttributeKind } from '../binding/attributes.ts';
import { DataType } from '../c-api/data-type.ts';
import { activeTracer } from '../compile/function-tracer.ts';
import { nativeBackend } from '../engine/native-backend.ts';
import { tf } from '../tf.ts';

export interface AdamWOptions {
  beta1?: number;
  beta2?: number;
  epsilon?: number;
  /** Share of a weight that a step takes away, times the learning rate (default 0.01). */
  weightDecay?: number;
  /** Which variables decay (default: all). */
  decays?: (variable: tf.Variable) => boolean;
}

interface Slots {
  variable: tf.Variable;
  mean: tf.Variable;
  square: tf.Variable;
  decay: number;
}

export class AdamW {
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  readonly #slots: Slots[];

  constructor(
    variables: readonly tf.Variable[],
    {
      beta1 = 0.9,
      beta2 = 0.999,
      epsilon = 1e-8,
      weightDecay = 0.01,
      decays = () => true,
    }: AdamWOptions = {},
  ) {
    // As TensorFlow holds them, so that the powers and what they correct are of the same number.
    this.#beta1 = Math.fround(beta1);
    this.#beta2 = Math.fround(beta2);
    this.#epsilon = epsilon;
    const zeros = (variable: tf.Variable) => tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
    this.#slots = variables.map((variable) => ({
      variable,
      mean: zeros(variable),
      square: zeros(variable),
      decay: decays(variable) ? weightDecay : 0,
    }));
  }

  /**
   * Updates the variables by their gradients, in the constructor's order.
   * `step` counts from 1; it and the learning rate are scalars, so that compiled functions take them as arguments.
   */
  apply(gradients: readonly tf.Tensor[], learningRate: tf.Scalar, step: tf.Scalar): void {
    if (gradients.length !== this.#slots.length)
      throw new Error(`AdamW has ${this.#slots.length} variables, but got ${gradients.length} gradients.`);
    tf.tidy(() => {
      const power1 = tf.pow(this.#beta1, step);
      const power2 = tf.pow(this.#beta2, step);
      const root = tf.sqrt(tf.sub(1, power2));
      // TensorFlow adds epsilon before it corrects the root, so it takes a corrected epsilon.
      const epsilon = root.mul(this.#epsilon);
      const rate = learningRate.mul(root).div(tf.sub(1, power1));
      const update = activeTracer() ? this.#inPlace : this.#plain;
      this.#slots.forEach((slots, i) =>
        update.call(this, slots, gradients[i]!, { learningRate, rate, epsilon }),
      );
    });
  }

  dispose(): void {
    for (const { mean, square } of this.#slots) tf.dispose([mean, square]);
  }

  #plain({ variable, mean, square, decay }: Slots, gradient: tf.Tensor, at: Rates): void {
    mean.assign(mean.mul(this.#beta1).add(gradient.mul(1 - this.#beta1)));
    square.assign(square.mul(this.#beta2).add(gradient.square().mul(1 - this.#beta2)));
    const decayed = decay ? variable.sub(variable.mul(at.learningRate.mul(decay))) : variable;
    variable.assign(decayed.sub(at.rate.mul(mean).div(square.sqrt().add(at.epsilon))));
  }

  #inPlace({ variable, mean, square, decay }: Slots, gradient: tf.Tensor, at: Rates): void {
    const tracer = activeTracer()!;
    const backend = nativeBackend()!;
    const symbol = (x: tf.Tensor) => backend.binding.symbolOf(backend.getInputTensorIds([x])[0]!);
    const type = (name: string) => ({ name, type: AttributeKind.type, value: DataType.float32 });
    const target = tracer.resourceOf(variable);
    const before = decay
      ? [
          tracer.addUpdate(
            'AssignSubVariableOp',
            [type('dtype')],
            [variable],
            [target, symbol(variable.mul(at.learningRate.mul(decay)))],
          ),
        ]
      : [];
    const zero = tf.scalar(0);
    tracer.addUpdate(
      'ResourceApplyAdam',
      [type('T'), { name: 'use_locking', type: AttributeKind.bool, value: false }],
      [variable, mean, square],
      [
        target,
        tracer.resourceOf(mean),
        tracer.resourceOf(square),
        // Powers of 0 leave TensorFlow's own correction out: the rate has it already.
        ...[zero, zero, at.rate, tf.scalar(this.#beta1), tf.scalar(this.#beta2)].map(symbol),
        symbol(at.epsilon),
        symbol(gradient),
      ],
      before,
    );
  }
}

interface Rates {
  learningRate: tf.Tensor;
  /** The learning rate with both corrections for the moments' start at zero. */
  rate: tf.Tensor;
  epsilon: tf.Tensor;
}
