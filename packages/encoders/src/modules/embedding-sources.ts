/** Where the weights of a `NormedEmbeddings` stand in a checkpoint; all families of transformers name them alike. */
import { normSources, tensorSource, type WeightSource } from '../checkpoint/checkpoint-map.ts';

export interface EmbeddingSizes {
  vocabSize: number;
  maxPositionEmbeddings: number;
  /** Undefined where there are no token types. */
  typeVocabSize?: number | undefined;
}

/**
 * @param size features of an embedding
 * @param tied the masked-language model's output, which is tied to the words: a file without duplicates has one of both
 */
export function embeddingSources(
  { vocabSize, maxPositionEmbeddings, typeVocabSize }: EmbeddingSizes,
  size: number,
  tied: string,
): WeightSource[] {
  const table = (name: string, rows: number, tied?: string[]) =>
    tensorSource(`embeddings/${name}`, `embeddings.${name}.weight`, [rows, size], tied);
  return [
    table('word_embeddings', vocabSize, [tied]),
    table('position_embeddings', maxPositionEmbeddings),
    ...(typeVocabSize === undefined ? [] : [table('token_type_embeddings', typeVocabSize)]),
    ...normSources('embeddings/norm', 'embeddings.LayerNorm', size),
  ];
}
