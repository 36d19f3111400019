/** Embeddings of words, positions from 0 and token types, as BERT has them (Devlin et al. 2019). */
import { tf } from '@foldwise/tensorflow';
import { PositionEmbeddings, TypeEmbeddings } from './embeddings.ts';
import { NormedEmbeddings, type NormedEmbeddingsArgs } from './normed-embeddings.ts';
import type { Owner } from './owner.ts';

export interface TypedEmbeddingsArgs extends NormedEmbeddingsArgs {
  typeVocabSize: number;
}

/** Ids, or ids and types, as `NormedEmbeddings` takes them. Without types every token is of type 0. */
export class TypedEmbeddings extends NormedEmbeddings<TypedEmbeddingsArgs> {
  static readonly className = 'TypedEmbeddings';
  #positions!: PositionEmbeddings;
  #types!: TypeEmbeddings;

  protected override buildPlaces(owner: Owner): void {
    const { maxPositionEmbeddings, typeVocabSize, size } = this.args;
    this.#positions = new PositionEmbeddings(owner, { rows: maxPositionEmbeddings, size });
    this.#types = new TypeEmbeddings(owner, { rows: typeVocabSize, size });
  }

  protected override places(ids: tf.Tensor, types: tf.Tensor | undefined): tf.Tensor {
    return this.#positions.call(ids).add(this.#types.call(types));
  }
}

tf.serialization.registerClass(TypedEmbeddings);
