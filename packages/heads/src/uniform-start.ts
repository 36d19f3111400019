/** How the weights that heads and outputs add start. */
import { tf } from '@foldwise/tensorflow';

/** PyTorch's start of a linear layer: uniform within the root of the number of inputs; the same for the same seed. */
export function uniformStart(inputs: number, seed: number) {
  const limit = 1 / Math.sqrt(inputs);
  return tf.initializers.randomUniform({ minval: -limit, maxval: limit, seed });
}
