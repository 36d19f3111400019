/** The output for labels that are 0 or 1, each for itself: sigmoids, by the mean of their cross-entropies. */
import { sigmoidCrossEntropy, weightedMean } from './losses.ts';
import type { TaskOutput } from './task-output.ts';

/** @param columns of the labels, one logit each; a binary task has one. Predictions are the probabilities of 1. */
export function multiLabelOutput(columns: number): TaskOutput {
  return {
    outputs: columns,
    labels: columns,
    predictions: columns,
    loss: (logits, labels, weights) => weightedMean(sigmoidCrossEntropy(logits, labels).mean(1), weights),
    predict: (logits) => logits.sigmoid(),
  };
}
