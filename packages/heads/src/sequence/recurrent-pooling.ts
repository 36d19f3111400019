/** An LSTM or a GRU over a text's tokens, in one direction or both. */
import { tf } from '@foldwise/tensorflow';
import { PoolingLayer, type LearnedPoolingArgs } from '../pooling/pooling-layer.ts';
import { RecurrentWeights, type Cell } from './recurrent-weights.ts';

export interface RecurrentPoolingArgs extends LearnedPoolingArgs {
  cell: Cell;
  /** Of each direction. */
  units: number;
  bidirectional: boolean;
}

/**
 * [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, units], or [batch, 2 * units] of both directions: the
 * state after the text's last token, and that of the direction that begins there after the first, as Keras' LSTM, GRU
 * and Bidirectional return them. A row without a token gives 0.
 */
export class RecurrentPooling extends PoolingLayer {
  static readonly className = 'RecurrentPooling';
  readonly #args: RecurrentPoolingArgs;
  readonly #directions: RecurrentWeights[] = [];

  constructor(args: RecurrentPoolingArgs) {
    super(args);
    this.#args = args;
  }

  override build(inputShape: tf.Shape[]): void {
    const { cell, units, bidirectional, seed = 0 } = this.#args;
    const inputs = inputShape[0]!.at(-1)!;
    for (const [i, prefix] of (bidirectional ? ['', 'backward_'] : ['']).entries())
      this.#directions.push(
        new RecurrentWeights(this, {
          cell,
          inputs,
          units,
          prefix,
          seed: seed + 2 * i,
        }),
      );
    this.built = true;
  }

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const [batch, tokens] = hidden.shape;
    const { units } = this.#args;
    const counts = mask.sum(1, true); // [batch, 1, 1]
    const lengths = counts.reshape<tf.Tensor1D>([batch]).toInt();
    // Padding is 0 from here, so that what it holds can neither overflow nor be NaN.
    const own = hidden.mul<tf.Tensor3D>(mask);
    const [forward, backward] = this.#directions;
    const isLast = tf.range(0, tokens).reshape([1, tokens, 1]).equal(counts.sub(1)).toFloat();
    const last = forward!.states(own, lengths).mul(isLast).sum<tf.Tensor2D>(1);
    if (!backward) return last;
    const first = backward.states(own, lengths, true).slice([0, 0, 0], [batch, 1, units]);
    return tf.concat([last, first.reshape<tf.Tensor2D>([batch, units])], 1);
  }

  protected override features(): number {
    return this.#args.units * (this.#args.bidirectional ? 2 : 1);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { cell, units, bidirectional, seed = 0 } = this.#args;
    return { ...super.getConfig(), cell, units, bidirectional, seed };
  }
}

tf.serialization.registerClass(RecurrentPooling);
