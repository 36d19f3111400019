/** RoBERTa's embedding layer (Liu et al. 2019): words, positions behind the padding's, and token types. */
import { tf } from '@foldwise/tensorflow';
import { TypeEmbeddings } from '../modules/embeddings.ts';
import { NormedEmbeddings, type NormedEmbeddingsArgs } from '../modules/normed-embeddings.ts';
import { OffsetPositions } from '../modules/offset-positions.ts';
import type { Owner } from '../modules/owner.ts';

export interface RobertaEmbeddingsArgs extends NormedEmbeddingsArgs {
  typeVocabSize: number;
  padTokenId: number;
}

/** Ids, or ids and types, as `NormedEmbeddings` takes them. Without types every token is of type 0. */
export class RobertaEmbeddings extends NormedEmbeddings<RobertaEmbeddingsArgs> {
  static readonly className = 'RobertaEmbeddings';
  #positions!: OffsetPositions;
  #types!: TypeEmbeddings;

  protected override buildPlaces(owner: Owner): void {
    const { maxPositionEmbeddings: rows, padTokenId: padding, typeVocabSize, size } = this.args;
    this.#positions = new OffsetPositions(owner, { rows, size, padding });
    this.#types = new TypeEmbeddings(owner, { rows: typeVocabSize, size });
  }

  protected override places(ids: tf.Tensor, types: tf.Tensor | undefined): tf.Tensor {
    return this.#positions.call(ids).add(this.#types.call(types));
  }
}

tf.serialization.registerClass(RobertaEmbeddings);
