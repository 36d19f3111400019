/**
 * Self-attention (Vaswani et al. 2017) with a bias on the scores of each head, of plain operations: the kernel takes no
 * such bias. It keeps scores and weights, [batch, heads, tokens, tokens] each, for the gradient, and pads texts that come
 * without padding, for attention alone.
 */
import { dropout, maskedSoftmax, packedSequences, padSequences, product, tf, unpadSequences } from '@foldwise/tensorflow'; // prettier-ignore
import { Linear, type Unbiased } from '../modules/linear.ts';
import type { Owner } from '../modules/owner.ts';
import { masked, type SelfAttentionArgs } from '../modules/self-attention.ts';

/** Weights: `qkv_kernel`, `qkv_bias`, `attention_output_kernel`, `attention_output_bias`. */
export class BiasedAttention {
  readonly #qkv: Linear;
  readonly #output: Linear;
  readonly #heads: number;
  readonly #dropout: number;

  /** @throws if the heads do not divide the hidden size */
  constructor(owner: Owner, { hiddenSize, heads, dropout }: SelfAttentionArgs) {
    if (hiddenSize % heads !== 0)
      throw new Error(`BiasedAttention: ${heads} heads do not divide a hidden size of ${hiddenSize}.`);
    this.#qkv = new Linear(owner, 'qkv', { inputs: hiddenSize, outputs: 3 * hiddenSize });
    this.#output = new Linear(owner, 'attention_output', { inputs: hiddenSize, outputs: hiddenSize });
    this.#heads = heads;
    this.#dropout = dropout;
  }

  /** hidden: [batch, tokens, hidden], as the result; mask: [batch, tokens]; bias: [heads, tokens, tokens]. */
  call(hidden: tf.Tensor3D, mask: tf.Tensor2D, bias: tf.Tensor3D): Unbiased {
    const texts = packedSequences();
    const qkv = this.#qkv.call(hidden);
    if (!texts) return this.#output.unbiased(this.#attend(qkv, mask, bias));
    const attended = this.#attend(padSequences(qkv, mask, texts), mask, bias);
    return this.#output.unbiased(unpadSequences(attended, mask, texts));
  }

  /** qkv: [batch, tokens, 3 * hidden]; result: [batch, tokens, hidden]. */
  #attend(qkv: tf.Tensor3D, mask: tf.Tensor2D, bias: tf.Tensor3D): tf.Tensor3D {
    const [batch, tokens, width] = qkv.shape;
    const heads = this.#heads;
    const size = width / 3 / heads;
    const parts = qkv.reshape([batch, tokens, 3, heads, size]).transpose([2, 0, 3, 1, 4]);
    const [q, k, v] = tf.unstack(parts) as [tf.Tensor, tf.Tensor, tf.Tensor]; // [batch, heads, tokens, size]
    const scores = product(q.mul(1 / Math.sqrt(size)), k, false, true).add(bias); // [batch, heads, tokens, tokens]
    const hidden = tf.sub(1, mask.toFloat()).mul(masked).reshape([batch, 1, 1, tokens]);
    const weights = dropout(maskedSoftmax(scores, hidden), this.#dropout);
    return product(weights, v).transpose([0, 2, 1, 3]).reshape([batch, tokens, heads * size]); // prettier-ignore
  }
}
