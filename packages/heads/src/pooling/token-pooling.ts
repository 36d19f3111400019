/** The hidden state of one token, counted from the text's start or end, such as last-token pooling. */
import { tf } from '@foldwise/tensorflow';
import type { HeadKind } from '../head.ts';
import { applyPooling } from './pooling-head.ts';
import { PoolingLayer, type PoolingArgs } from './pooling-layer.ts';

export interface TokenPoolingArgs extends PoolingArgs {
  /** 0 is the first token; -1 the last that the mask keeps, which is the final separator of BERT's texts. */
  index: number;
}

/**
 * [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]. A text that is too short for the index gives its
 * nearest token: its last for an index from the start, its first for one from the end. A row without a token gives 0.
 */
export class TokenPooling extends PoolingLayer {
  static readonly className = 'TokenPooling';
  readonly #index: number;

  constructor(args: TokenPoolingArgs) {
    super(args);
    this.#index = args.index;
  }

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const tokens = hidden.shape[1];
    const count = mask.sum(1, true); // [batch, 1, 1]
    const place = this.#index < 0 ? count.add(this.#index).maximum(0) : count.sub(1).minimum(this.#index);
    const chosen = tf.range(0, tokens).reshape([1, tokens, 1]).equal(place).toFloat(); // [batch, tokens, 1]
    return hidden.mul(chosen.mul(mask)).sum(1);
  }

  protected override features(hidden: number): number {
    return hidden;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), index: this.#index };
  }
}

tf.serialization.registerClass(TokenPooling);

const syntax = 'token:<index>';

export const token: HeadKind = {
  syntax,
  description:
    "one token's hidden state: token:0 is the first, token:-1 the last (the separator), token:-2 the one before it; " +
    'of a text too short for that, the nearest',
  source: 'Wang et al. 2024 (E5-Mistral), for token:-1',
  examples: ['token:1', 'token:-1', 'token:-2'],
  create: (argument) => {
    if (!/^(0|-?[1-9]\d{0,3})$/.test(argument ?? ''))
      throw new Error(
        `Head "token" takes an index from -9999 to 9999, as ${syntax}; got ${argument === undefined ? 'none' : `"${argument}"`}.`,
      );
    return (inputs, name) => applyPooling(new TokenPooling({ name, index: Number(argument) }), inputs);
  },
};
