/** The output for numbers: the logits themselves, by their squared error. */
import { squaredError, weightedMean } from './losses.ts';
import type { TaskOutput } from './task-output.ts';

/** @param columns of the targets, one logit each */
export function regressionOutput(columns: number): TaskOutput {
  return {
    outputs: columns,
    labels: columns,
    predictions: columns,
    loss: (logits, labels, weights) => weightedMean(squaredError(logits, labels), weights),
    predict: (logits) => logits,
  };
}
