/** The output for one class of several: a softmax over the classes, by its cross-entropy. */
import { tf } from '@foldwise/tensorflow';
import { softmaxCrossEntropy, weightedMean } from './losses.ts';
import type { TaskOutput } from './task-output.ts';

/** Labels are classes from 0. Predictions are their probabilities, which add up to 1. */
export function multiClassOutput(classes: number): TaskOutput {
  return {
    outputs: classes,
    labels: 1,
    predictions: classes,
    loss: (logits, labels, weights) => weightedMean(softmaxCrossEntropy(logits, labels), weights),
    predict: (logits) => tf.softmax(logits),
  };
}
