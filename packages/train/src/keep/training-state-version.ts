/** The version of the numerical code, which tells whether a training may go on with what another version kept. */

/**
 * Raise it with any change after which the same settings give other bits, or after which kept tensors mean something
 * else: the layout or the names of the optimizer's state, the update itself, what kernels and operations give, the
 * generator of dropout and of new weights, the order and the size of batches, the learning rate's schedule, tokens, the
 * loss. Leave it for all else (comments, messages, speed to the same bits), so that nobody loses epochs that are fine.
 *
 * 1 is all that was kept before there was a number. 2: AdamW's state is `steps`, `mean.<i>` and `square.<i>`.
 */
export const trainingStateVersion = 2;
