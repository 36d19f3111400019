/** ALBERT's transformer layer (Lan et al. 2020): BERT's, applied several times in one model. */
import { tf } from '@foldwise/tensorflow';
import { EncoderLayer } from '../modules/encoder-layer.ts';

export class AlbertLayer extends EncoderLayer {
  static override readonly className = 'AlbertLayer';

  /** TensorFlow.js counts each application as one more user of the layer, but a model that is disposed lets go once. */
  override dispose(): ReturnType<EncoderLayer['dispose']> {
    let result = super.dispose();
    while (result.refCountAfterDispose > 0) result = super.dispose();
    return result;
  }
}

tf.serialization.registerClass(AlbertLayer);
