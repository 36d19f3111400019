/** The parts that the hidden states of an encoder's first layer are the sum of: words, positions and token types. */
import { embeddingLookup, packedSequences, type tf } from '@foldwise/tensorflow';
import { addMatrix, type Owner } from './owner.ts';

export interface TableArgs {
  rows: number;
  size: number;
}

/** Learned vectors by id. Weight: `<name>` [rows, size]. */
export class EmbeddingTable {
  readonly #table: tf.LayerVariable;
  readonly #size: number;

  constructor(owner: Owner, name: string, { rows, size }: TableArgs) {
    this.#table = addMatrix(owner, name, [rows, size]);
    this.#size = size;
  }

  /** ids: int32 [...]; result: [..., size]. */
  lookup(ids: tf.Tensor): tf.Tensor {
    return embeddingLookup(this.#table.read() as tf.Tensor2D, ids);
  }

  /** The rows from 0 to below `count`: [count, size]. */
  first(count: number): tf.Tensor {
    return this.#table.read().slice([0, 0], [count, this.#size]);
  }
}

/** Learned positions, counted from 0 in each text. Weight: `position_embeddings` [rows, size]. */
export class PositionEmbeddings {
  readonly #table: EmbeddingTable;
  readonly #rows: number;

  constructor(owner: Owner, args: TableArgs) {
    this.#table = new EmbeddingTable(owner, 'position_embeddings', args);
    this.#rows = args.rows;
  }

  /**
   * ids: [batch, tokens]; result: [tokens, size], in `withPackedSequences` [1, rows, size].
   * @throws if a text is longer than the table
   */
  call(ids: tf.Tensor): tf.Tensor {
    const texts = packedSequences();
    const tokens = texts ? texts.longest : ids.shape[1]!;
    if (tokens > this.#rows)
      throw new Error(
        `A text of ${tokens} tokens is longer than the encoder's ${this.#rows} positions; lower training.maxLength.`,
      );
    return texts ? this.#table.lookup(texts.positions) : this.#table.first(tokens);
  }
}

/** Which part of a pair a token is of. Weight: `token_type_embeddings` [rows, size]. */
export class TypeEmbeddings {
  readonly #table: EmbeddingTable;

  constructor(owner: Owner, args: TableArgs) {
    this.#table = new EmbeddingTable(owner, 'token_type_embeddings', args);
  }

  /** types: int32 [batch, tokens], to [batch, tokens, size]; without them every token is of type 0: [1, size]. */
  call(types?: tf.Tensor): tf.Tensor {
    return types ? this.#table.lookup(types) : this.#table.first(1);
  }
}
