/**
 * What runs eagerly though each kernel is to be compiled, with the reason. A compiled run fails if anything else does;
 * tfjs-core's suite also if one of these never does.
 */

interface Untraceable {
  reason: string;
  /** A part of what comes up when it is traced. */
  error: string;
}

/** A graph must state the shapes of what it gives before it runs. */
const byValues = (reason: string): Untraceable => ({
  reason,
  error: 'gives a tensor whose shape depends on values',
});

export const untraceable: Readonly<Record<string, Untraceable>> = {
  NonMaxSuppressionV3: byValues('gives as many boxes as survive, by scores and overlaps'),
  NonMaxSuppressionV4: byValues('gives as many boxes as survive, unless it is asked to pad them'),
  NonMaxSuppressionV5: byValues('gives as many boxes as survive, by scores and overlaps'),
  RaggedGather: byValues('gives as many values as the rows have'),
  RaggedRange: byValues('gives as many values as lie between the limits'),
  RaggedTensorToTensor: byValues('is as wide as the longest row'),
  SparseFillEmptyRows: byValues('gives one value more for each empty row'),
  SparseSegmentMean: byValues('gives as many rows as the last id says'),
  SparseSegmentSum: byValues('gives as many rows as the last id says'),
  StringNGrams: byValues('gives as many texts as the rows have n-grams'),
  StringSplit: byValues('gives as many texts as there are parts'),
  Unique: byValues('gives as many values as differ'),
  Neg: {
    reason: "logSigmoid's gradient uses a tensor after its disposal, whose value a clone still holds",
    error: 'is a disposed tensor',
  },
};

/** Differences between compiled and eager results that are known, by kernel. */
export const differing: Readonly<Record<string, { reason: string; difference: string }>> = {
  Softmax: {
    reason:
      "in functions TensorFlow takes oneDNN's softmax, which leaves NaN where it is and gives 0 beside it",
    difference: '0 instead of NaN',
  },
};

/** Kernels whose compiled values are not compared with the eager ones; types and shapes are. */
export const random: Readonly<Record<string, string>> = {
  Multinomial: 'draws anew at each call without a seed',
};
