/** A step of AdamW by plain operations, and what every form of a step takes. */
import type { tf } from '../tf.ts';

/** A variable with its state, its own settings, and its gradient. */
export interface Member {
  variable: tf.Variable;
  mean: tf.Variable;
  square: tf.Variable;
  /** Times the learning rate. */
  rate: number;
  /** Share that a step takes away, times the learning rate. */
  decay: number;
  gradient: tf.Tensor;
}

/** What a step is made with; scalars but for the betas. */
export interface Rates {
  beta1: number;
  beta2: number;
  learningRate: tf.Tensor;
  /** The learning rate with both corrections for the moments' start at zero. */
  corrected: tf.Tensor;
  /** TensorFlow adds epsilon before it corrects the root, so it takes a corrected epsilon. */
  epsilon: tf.Tensor;
  /** Of the gradients. */
  factor: tf.Tensor;
}

/** Outside of compiled functions, and in those that read a variable after its update. */
export function stepByAssigning(members: readonly Member[], rates: Rates): void {
  const { beta1, beta2, learningRate, corrected, epsilon, factor } = rates;
  for (const { variable, mean, square, rate, decay, gradient } of members) {
    const scaled = gradient.mul(factor);
    const newMean = mean.mul(beta1).add(scaled.mul(1 - beta1));
    const newSquare = square.mul(beta2).add(scaled.square().mul(1 - beta2));
    const kept = decay ? variable.sub(variable.mul(learningRate.mul(rate * decay))) : variable;
    mean.assign(newMean);
    square.assign(newSquare);
    variable.assign(kept.sub(corrected.mul(rate).mul(newMean).div(newSquare.sqrt().add(epsilon))));
  }
}
