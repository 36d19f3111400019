/** DistilBERT's embedding layer (Sanh et al. 2019): words and positions; BERT's token types were left out. */
import { tf } from '@foldwise/tensorflow';
import { PositionEmbeddings } from '../modules/embeddings.ts';
import { NormedEmbeddings } from '../modules/normed-embeddings.ts';
import type { Owner } from '../modules/owner.ts';

/** Ids, as `NormedEmbeddings` takes them. */
export class DistilBertEmbeddings extends NormedEmbeddings {
  static readonly className = 'DistilBertEmbeddings';
  #positions!: PositionEmbeddings;

  protected override buildPlaces(owner: Owner): void {
    const { maxPositionEmbeddings: rows, size } = this.args;
    this.#positions = new PositionEmbeddings(owner, { rows, size });
  }

  protected override places(ids: tf.Tensor): tf.Tensor {
    return this.#positions.call(ids);
  }
}

tf.serialization.registerClass(DistilBertEmbeddings);
