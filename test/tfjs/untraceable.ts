/**
 * What tfjs-core's suite cannot have compiled, with the reason of each. The suite's second run fails if another kernel
 * runs eagerly, if one of these never does, or if a spec left out is not one of the suite's.
 */

/** Kernels that run eagerly in some calls: a graph must state the shapes of what it gives before it runs. */
export const untraceable: Readonly<Record<string, string>> = {
  NonMaxSuppressionV3: 'gives as many boxes as survive, which depends on the scores and overlaps',
  NonMaxSuppressionV4:
    'gives as many boxes as survive, unless it is asked to pad them (those calls are compiled)',
  NonMaxSuppressionV5: 'gives as many boxes as survive, which depends on the scores and overlaps',
  Unique: 'gives as many values as differ',
};

/** Kernels whose compiled values are not compared with the eager ones; types and shapes are. */
export const random: Readonly<Record<string, string>> = {
  Multinomial:
    'goes on eagerly in the sequence that the last call with its seed began; a new function begins it again',
};

/** Specs that the compiled run leaves out, by parts of their full names. */
export const leftOut: Readonly<Record<string, string>> = {
  'softmax test-tensorflow {} Propagates NaNs':
    "in functions TensorFlow takes oneDNN's softmax, which leaves NaN at the NaN and gives 0 to the rest of its row",
  'logSigmoid test-tensorflow {} gradient with clones':
    'the gradient uses a tensor after its disposal (a clone still holds its value); `compile` takes no such argument',
};
