/** A functional model of a head alone, whose inputs stand for an encoder's outputs. */
import { tf } from '@foldwise/tensorflow';
import type { HeadSubject } from './head-subject.ts';
import { createRandom } from './create-random.ts';
import { hidden, states } from './texts.ts';

/** Opens the names of the head's layers. */
export const headName = 'subject';

/** Inputs: all hidden states, each [batch, tokens, hidden], then the mask. */
export function headModel({ head, pooler }: HeadSubject, seed = 0): tf.LayersModel {
  const hiddenStates = Array.from({ length: states }, (_, i) =>
    tf.input({ shape: [null, hidden], name: `hidden_${i}` }),
  );
  const mask = tf.input({ shape: [null], dtype: 'int32', name: 'mask' });
  const outputs = head.apply({ hiddenStates, mask, pooler, seed }, headName);
  return tf.model({ inputs: [...hiddenStates, mask], outputs });
}

/**
 * Gives all weights random values, so that none is a special case such as zero. Those of wide matrices are smaller, as
 * trained ones are: else a recurrence of many units multiplies each rounding.
 */
export function randomize(model: tf.LayersModel): void {
  const random = createRandom(23);
  tf.tidy(() => {
    for (const weight of model.weights) {
      const { size, shape } = weight.read();
      const scale = shape.length > 1 ? Math.min(1, 2 / Math.sqrt(shape[0])) : 1;
      weight.write(
        tf.tensor(
          Array.from({ length: size }, () => scale * random()),
          shape,
        ),
      );
    }
  });
}

/** [batch][features] */
export function outputsOf(model: tf.LayersModel, inputs: tf.Tensor[]): number[][] {
  return tf.tidy(() => (model.apply(inputs) as tf.Tensor).arraySync() as number[][]);
}
