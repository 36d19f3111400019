/** A loss over a head's output with a linear layer of ones, for checks of gradients. */
import { tf } from '@foldwise/tensorflow';
import { batch } from './texts.ts';
import type { Context } from './head-subject.ts';

/** Squared error of the sum of the features, against targets that no start meets; a scalar. */
export function trainingLoss({ model, texts }: Context): tf.Scalar {
  return tf.tidy(() => {
    const features = model.apply(batch(texts, 6)) as tf.Tensor2D;
    const slopes = tf.linspace(-1, 2, features.shape[1]);
    const truth = tf.tensor1d([3, -3, 4, 5]);
    return features.mul(slopes).sum(1).sub(truth).square().mean<tf.Scalar>();
  });
}
