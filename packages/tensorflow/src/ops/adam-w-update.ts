/** One step of AdamW for one variable, in plain operations, and what every form of it takes. */
import type { tf } from '../tf.ts';

/** A variable and where its two moments are in the flat ones. */
export interface Member {
  variable: tf.Variable;
  decay: number;
  offset: number;
}

/** What a step is made with; scalars but for the betas. */
export interface Rates {
  beta1: number;
  beta2: number;
  learningRate: tf.Tensor;
  /** The learning rate with both corrections for the moments' start at zero. */
  rate: tf.Tensor;
  /** TensorFlow adds epsilon before it corrects the root, so it takes a corrected epsilon. */
  epsilon: tf.Tensor;
  /** Of the gradients. */
  factor: tf.Tensor;
}

/** One variable's update by plain operations; gives the new value and moments. */
export function plainUpdate(
  { variable, decay }: Member,
  [mean, square]: readonly [tf.Tensor, tf.Tensor],
  gradient: tf.Tensor,
  { beta1, beta2, learningRate, rate, epsilon, factor }: Rates,
): { value: tf.Tensor; mean: tf.Tensor; square: tf.Tensor } {
  const scaled = gradient.mul(factor);
  const newMean = mean.mul(beta1).add(scaled.mul(1 - beta1));
  const newSquare = square.mul(beta2).add(scaled.square().mul(1 - beta2));
  const decayed = decay ? variable.sub(variable.mul(learningRate.mul(decay))) : variable;
  const value = decayed.sub(rate.mul(newMean).div(newSquare.sqrt().add(epsilon)));
  return { value, mean: newMean, square: newSquare };
}
