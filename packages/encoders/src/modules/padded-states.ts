/** Hidden states as heads take them: padded, however the encoder has them. */
import { padSequences, tf, packedSequences } from '@foldwise/tensorflow';

/**
 * [hidden states, attention mask [batch, tokens]] to hidden states [batch, tokens, hidden]: those that came in, or, in
 * `withPackedSequences`, those of [1, rows, hidden] at their texts' places.
 */
export class PaddedStates extends tf.layers.Layer {
  static readonly className = 'PaddedStates';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [hidden, mask] = inputs as [tf.Tensor3D, tf.Tensor2D];
    const texts = packedSequences();
    return texts ? padSequences(hidden, mask, texts) : hidden.clone();
  }

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    return inputShape[0]!;
  }
}

tf.serialization.registerClass(PaddedStates);
