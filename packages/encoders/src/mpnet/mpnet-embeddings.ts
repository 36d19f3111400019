/** MPNet's embedding layer (Song et al. 2020): words, and positions behind the padding's. */
import { tf } from '@foldwise/tensorflow';
import { NormedEmbeddings } from '../modules/normed-embeddings.ts';
import { OffsetPositions } from '../modules/offset-positions.ts';
import type { Owner } from '../modules/owner.ts';
import { paddingId } from './config.ts';

/** Ids, as `NormedEmbeddings` takes them. */
export class MpnetEmbeddings extends NormedEmbeddings {
  static readonly className = 'MpnetEmbeddings';
  #positions!: OffsetPositions;

  protected override buildPlaces(owner: Owner): void {
    const { maxPositionEmbeddings: rows, size } = this.args;
    this.#positions = new OffsetPositions(owner, { rows, size, padding: paddingId });
  }

  protected override places(ids: tf.Tensor): tf.Tensor {
    return this.#positions.call(ids);
  }
}

tf.serialization.registerClass(MpnetEmbeddings);
