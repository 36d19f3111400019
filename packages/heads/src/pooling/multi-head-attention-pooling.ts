/**
 * Attention over tokens by several heads with a learned query: the pooling of the Set Transformer (Lee et al. 2019)
 * without its residual, norms and feed-forward, which is torch.nn.MultiheadAttention with one learned query.
 */
import { addParameter, dense, product, tf } from '@foldwise/tensorflow';
import type { HeadKind } from '../head.ts';
import { applyPooling } from './pooling-head.ts';
import { attend } from './attend.ts';
import { PoolingLayer, type LearnedPoolingArgs } from './pooling-layer.ts';
import { uniformStart } from '../uniform-start.ts';

export interface MultiHeadAttentionPoolingArgs extends LearnedPoolingArgs {
  /** Must divide the number of hidden features. */
  heads: number;
}

/**
 * [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]. Weights: query [n], which needs no projection of its
 * own; key_kernel, value_kernel [n, n], value_bias [n], output_kernel [n, n], output_bias [n]. A bias of the keys would
 * change nothing.
 */
export class MultiHeadAttentionPooling extends PoolingLayer {
  static readonly className = 'MultiHeadAttentionPooling';
  readonly #heads: number;
  readonly #seed: number;
  #query!: tf.LayerVariable;
  #key!: tf.LayerVariable;
  #value!: tf.LayerVariable;
  #valueBias!: tf.LayerVariable;
  #output!: tf.LayerVariable;
  #outputBias!: tf.LayerVariable;

  constructor(args: MultiHeadAttentionPoolingArgs) {
    super(args);
    this.#heads = args.heads;
    this.#seed = args.seed ?? 0;
  }

  override build(inputShape: tf.Shape[]): void {
    const hidden = inputShape[0]!.at(-1)!;
    if (hidden % this.#heads !== 0)
      throw new Error(
        `Head "multi-head-attention:${this.#heads}": ${this.#heads} heads do not divide the encoder's ${hidden} features.`,
      );
    const learned = (name: string, shape: number[], seed: number) =>
      addParameter(this, name, shape, { initializer: uniformStart(hidden, this.#seed + seed) });
    const bias = (name: string) =>
      addParameter(this, name, [hidden], { initializer: tf.initializers.zeros(), decay: false });
    this.#query = learned('query', [hidden], 0);
    this.#key = learned('key_kernel', [hidden, hidden], 1);
    this.#value = learned('value_kernel', [hidden, hidden], 2);
    this.#valueBias = bias('value_bias');
    this.#output = learned('output_kernel', [hidden, hidden], 3);
    this.#outputBias = bias('output_bias');
    this.built = true;
  }

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const [batch, , width] = hidden.shape;
    const heads = this.#heads;
    const size = width / heads;
    // All is linear but the softmax: with the query in the keys' kernel, and values projected once a text instead of
    // once a token, this costs little more than a mean.
    const query = this.#query.read().mul(1 / Math.sqrt(size));
    const scoring = this.#key.read().mul(query).reshape([width, heads, size]).sum<tf.Tensor2D>(2);
    const attended = attend(hidden, dense(hidden, scoring) as tf.Tensor3D, mask); // [batch, heads, width]
    const kernels = this.#value.read().reshape([width, heads, size]).transpose<tf.Tensor3D>([1, 0, 2]);
    const values = product(attended.transpose<tf.Tensor3D>([1, 0, 2]), kernels); // [heads, batch, size]
    const joined = values.transpose([1, 0, 2]).reshape([batch, width]).add(this.#valueBias.read());
    return dense(
      joined,
      this.#output.read() as tf.Tensor2D,
      this.#outputBias.read() as tf.Tensor1D,
    ) as tf.Tensor2D;
  }

  protected override features(hidden: number): number {
    return hidden;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), heads: this.#heads, seed: this.#seed };
  }
}

tf.serialization.registerClass(MultiHeadAttentionPooling);

const syntax = 'multi-head-attention:<heads>';

export const multiHeadAttention: HeadKind = {
  syntax,
  description: 'means over the tokens by several attention heads with a learned query, then a linear layer',
  source: 'Lee et al. 2019 (Set Transformer)',
  examples: ['multi-head-attention:4'],
  create: (argument) => {
    if (!/^[1-9]\d{0,3}$/.test(argument ?? ''))
      throw new Error(
        `Head "multi-head-attention" takes a number of heads, as ${syntax}; got ${argument === undefined ? 'none' : `"${argument}"`}.`,
      );
    const heads = Number(argument);
    return (inputs, name) =>
      applyPooling(new MultiHeadAttentionPooling({ name, heads, seed: inputs.seed ?? 0 }), inputs);
  },
};
