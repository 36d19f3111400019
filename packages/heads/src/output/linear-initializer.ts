/** PyTorch's start of a linear layer's kernel. */
import { tf } from '@foldwise/tensorflow';

/** Uniform within the root of one over the number of inputs. */
export function linearInitializer(inputs: number, seed: number): ReturnType<typeof tf.initializers.zeros> {
  const limit = 1 / Math.sqrt(inputs);
  return tf.initializers.randomUniform({ minval: -limit, maxval: limit, seed });
}
