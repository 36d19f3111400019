/** Learned positions as fairseq counts them (Liu et al. 2019): behind the padding's, and tokens alone. */
import { packedSequences, tf } from '@foldwise/tensorflow';
import { EmbeddingTable, type TableArgs } from './embeddings.ts';
import type { Owner } from './owner.ts';

export interface OffsetPositionsArgs extends TableArgs {
  /** The id of padding and, as it happens, the position that padding has. */
  padding: number;
}

/**
 * The first token that is no padding has the position `padding` + 1. A padding token within a text, which someone may
 * have typed, has the position `padding` and is not counted. Weight: `position_embeddings` [rows, size].
 */
export class OffsetPositions {
  readonly #table: EmbeddingTable;
  readonly #args: OffsetPositionsArgs;

  constructor(owner: Owner, args: OffsetPositionsArgs) {
    this.#table = new EmbeddingTable(owner, 'position_embeddings', args);
    this.#args = args;
  }

  /**
   * ids: [batch, tokens], in `withPackedSequences` [1, rows]; result: [...ids, size].
   * @throws if a text is longer than the positions that are left
   */
  call(ids: tf.Tensor): tf.Tensor {
    const { rows, padding } = this.#args;
    const texts = packedSequences();
    const tokens = texts ? texts.longest : ids.shape[1]!;
    const most = maxOffsetTokens(rows, padding);
    if (tokens > most)
      throw new Error(
        `A text of ${tokens} tokens is longer than the encoder's ${most} positions; lower training.maxLength.`,
      );
    const counted = ids.notEqual(padding).toFloat();
    const before = counted.cumsum(1, true); // [batch, tokens]
    return this.#table.lookup(
      this.#inTexts(before).add(1).mul(counted).add(padding).toInt(), // [batch, tokens]
    );
  }

  /** Counts over a row of tokens, as counts over each text. */
  #inTexts(before: tf.Tensor): tf.Tensor {
    const texts = packedSequences();
    if (!texts) return before;
    const counts = before.reshape([-1]); // [rows]
    const places = texts.positions.reshape<tf.Tensor1D>([-1]);
    const row = tf.range(0, counts.size, 1, 'int32');
    return counts.sub(counts.gather(row.sub(places))).reshape(before.shape);
  }
}

/** Tokens of the longest text that a table of so many positions takes. */
export function maxOffsetTokens(rows: number, padding: number): number {
  return rows - padding - 1;
}
