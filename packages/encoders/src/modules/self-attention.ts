/** Self-attention (Vaswani et al. 2017) with its projections: queries, keys, values and output. */
import { selfAttention, tf } from '@foldwise/tensorflow';
import { Linear, type Unbiased } from './linear.ts';
import type { Owner } from './owner.ts';

export interface SelfAttentionArgs {
  hiddenSize: number;
  heads: number;
  /** Share of attention weights dropped in training. */
  dropout: number;
}

/** Added to the scores of masked positions: softmax gives these exactly 0. */
export const masked = -1e9;

/** Weights: `qkv_kernel`, `qkv_bias`, `attention_output_kernel`, `attention_output_bias`. */
export class SelfAttention {
  readonly #qkv: Linear;
  readonly #output: Linear;
  readonly #heads: number;
  readonly #dropout: number;

  /** @throws if the heads do not divide the hidden size */
  constructor(owner: Owner, { hiddenSize, heads, dropout }: SelfAttentionArgs) {
    if (hiddenSize % heads !== 0)
      throw new Error(`SelfAttention: ${heads} heads do not divide a hidden size of ${hiddenSize}.`);
    // Queries, keys and values in one product: three narrow ones take longer.
    this.#qkv = new Linear(owner, 'qkv', { inputs: hiddenSize, outputs: 3 * hiddenSize });
    this.#output = new Linear(owner, 'attention_output', { inputs: hiddenSize, outputs: hiddenSize });
    this.#heads = heads;
    this.#dropout = dropout;
  }

  /**
   * hidden: [batch, tokens, hidden], as the result; mask: [batch, tokens] of 1 and 0. Masked positions are attended to by
   * none; what comes out at these positions is to be ignored.
   */
  call(hidden: tf.Tensor3D, mask: tf.Tensor2D): Unbiased {
    const scores = tf.sub(1, mask.toFloat()).mul<tf.Tensor2D>(masked);
    const { product, bias } = this.#qkv.unbiased(hidden);
    const options = { heads: this.#heads, bias, rate: this.#dropout };
    return this.#output.unbiased(selfAttention(product, scores, options));
  }
}
