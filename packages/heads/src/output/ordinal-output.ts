/**
 * The output for ordered classes: CORN (Shi, Cao & Raschka 2021, arXiv:2111.08851). Logit k says how probable a rank
 * above k is for what ranks above k - 1, so that the chained probabilities never contradict the order.
 */
import { tf } from '@foldwise/tensorflow';
import { sigmoidCrossEntropy, weightedMean } from './losses.ts';
import type { TaskOutput } from './task-output.ts';

/**
 * Labels are ranks from 0. Predictions are the probabilities of the classes.
 *
 * @param classes two or more; the logits are one fewer
 */
export function ordinalOutput(classes: number): TaskOutput {
  const outputs = classes - 1;
  return {
    outputs,
    labels: 1,
    predictions: classes,
    loss: (logits, labels, weights) => {
      const ranks = tf.range(0, outputs).reshape([1, outputs]);
      // Each logit learns from its own rows: those that rank above the one before it.
      const counts = labels
        .greaterEqual(ranks)
        .toFloat()
        .mul(weights.reshape([-1, 1]));
      const losses = sigmoidCrossEntropy(logits, labels.greater(ranks).toFloat());
      return weightedMean(losses, counts);
    },
    predict: (logits) => {
      const above = logits.sigmoid();
      const reached = tf.cumprod(above.pad([[0, 0], [1, 0]], 1), 1); // prettier-ignore
      const stayed = tf.sub(1, above.pad([[0, 0], [0, 1]], 0)); // prettier-ignore
      return reached.mul(stayed);
    },
  };
}
