/**
 * Attention over tokens by several heads with a learned query: the pooling of the Set Transformer (Lee et al. 2019)
 * without its residual, norms and feed-forward, which is torch.nn.MultiheadAttention with one learned query.
 */
import { dense, product, tf } from '@foldwise/tensorflow';
import type { HeadKind } from '../head.ts';
import { applyPooling } from './apply-pooling.ts';
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
  readonly #weights = new Map<string, tf.LayerVariable>();

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
    const add = (name: string, shape: number[], seed?: number) =>
      this.#weights.set(
        name,
        this.addWeight(
          name,
          shape,
          'float32',
          seed === undefined ? tf.initializers.zeros() : uniformStart(hidden, this.#seed + seed),
        ),
      );
    add('query', [hidden], 0);
    add('key_kernel', [hidden, hidden], 1);
    add('value_kernel', [hidden, hidden], 2);
    add('value_bias', [hidden]);
    add('output_kernel', [hidden, hidden], 3);
    add('output_bias', [hidden]);
    this.built = true;
  }

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const [batch, , width] = hidden.shape;
    const heads = this.#heads;
    const size = width / heads;
    // All is linear but the softmax: with the query in the keys' kernel, and values projected once a text instead of
    // once a token, this costs little more than a mean.
    const query = this.#read('query').mul(1 / Math.sqrt(size));
    const scoring = this.#read('key_kernel').mul(query).reshape([width, heads, size]).sum(2) as tf.Tensor2D;
    const attended = attend(hidden, dense(hidden, scoring) as tf.Tensor3D, mask); // [batch, heads, width]
    const kernels = this.#read('value_kernel')
      .reshape([width, heads, size])
      .transpose<tf.Tensor3D>([1, 0, 2]);
    const values = product(attended.transpose<tf.Tensor3D>([1, 0, 2]), kernels); // [heads, batch, size]
    const joined = values.transpose([1, 0, 2]).reshape([batch, width]).add(this.#read('value_bias'));
    return dense(
      joined,
      this.#read('output_kernel') as tf.Tensor2D,
      this.#read('output_bias') as tf.Tensor1D,
    ) as tf.Tensor2D;
  }

  protected override features(hidden: number): number {
    return hidden;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), heads: this.#heads, seed: this.#seed };
  }

  #read(name: string): tf.Tensor {
    return this.#weights.get(name)!.read();
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
