/**
 * AdamW (Loshchilov & Hutter 2019) as PyTorch computes it: decay apart from the gradient, epsilon added to the
 * corrected root. In a compiled function it updates variables in place; elsewhere it assigns plain tensors.
 */
import { tf } from '../tf.ts';
import { adamWByVariable } from './adam-w-by-variable.ts';
import { adamWInOne } from './adam-w-in-one.ts';
import type { Member, Rates } from './adam-w-update.ts';
import { usesKernels } from './kernels.ts';

export interface AdamWOptions {
  beta1?: number;
  beta2?: number;
  epsilon?: number;
  /** Share of a weight that a step takes away, times the learning rate (default 0.01). */
  weightDecay?: number;
  /** Which variables decay (default: all). */
  decays?: (variable: tf.Variable) => boolean;
}

export class AdamW {
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  readonly #members: Member[] = [];
  readonly #update: {
    apply: (gradients: readonly tf.Tensor[], rates: Rates) => void;
    state: Readonly<Record<string, tf.Variable>>;
    dispose: () => void;
  };

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
    let offset = 0;
    for (const variable of variables) {
      this.#members.push({ variable, decay: decays(variable) ? weightDecay : 0, offset });
      offset += variable.size;
    }
    this.#update = (usesKernels() ? adamWInOne : adamWByVariable)(this.#members);
  }

  /**
   * Updates the variables by their gradients, in the constructor's order, times `factor` (`clipFactor`).
   * `step` counts from 1; it and the learning rate are scalars, so that compiled functions take them as arguments.
   */
  apply(gradients: readonly tf.Tensor[], learningRate: tf.Scalar, step: tf.Scalar, factor?: tf.Scalar): void {
    if (gradients.length !== this.#members.length)
      throw new Error(`AdamW has ${this.#members.length} variables, but got ${gradients.length} gradients.`);
    tf.tidy(() => {
      const root = tf.sqrt(tf.sub(1, tf.pow(this.#beta2, step)));
      this.#update.apply(gradients, {
        beta1: this.#beta1,
        beta2: this.#beta2,
        learningRate,
        rate: learningRate.mul(root).div(tf.sub(1, tf.pow(this.#beta1, step))),
        epsilon: root.mul(this.#epsilon),
        factor: factor ?? tf.scalar(1),
      });
    });
  }

  /** All that steps leave behind beside the variables themselves, to be saved and assigned again. */
  get state(): Readonly<Record<string, tf.Variable>> {
    return this.#update.state;
  }

  dispose(): void {
    this.#update.dispose();
  }
}
