/** The feed-forward part of a transformer layer (Vaswani et al. 2017): two affine maps with an activation between. */
import { feedForward, type tf } from '@foldwise/tensorflow';
import { Linear, type Unbiased } from './linear.ts';
import type { Owner } from './owner.ts';

/** As in config.json; "gelu_new" and "gelu_pytorch_tanh" are the tanh form. */
export const activations = ['gelu', 'gelu_new', 'gelu_pytorch_tanh', 'relu'] as const;
export type Activation = (typeof activations)[number];

export interface FeedForwardArgs {
  hiddenSize: number;
  intermediateSize: number;
  activation: Activation;
}

/** Weights: `intermediate_kernel`, `intermediate_bias`, `output_kernel`, `output_bias`. */
export class FeedForward {
  readonly #inner: Linear;
  readonly #outer: Linear;
  readonly #activation: Activation;

  constructor(owner: Owner, { hiddenSize, intermediateSize, activation }: FeedForwardArgs) {
    this.#inner = new Linear(owner, 'intermediate', { inputs: hiddenSize, outputs: intermediateSize });
    this.#outer = new Linear(owner, 'output', { inputs: intermediateSize, outputs: hiddenSize });
    this.#activation = activation;
  }

  /** [batch, tokens, hidden] to the same shape. */
  call(x: tf.Tensor3D): Unbiased {
    if (this.#activation === 'relu') return this.#outer.unbiased(this.#inner.call(x).relu());
    const weights = { inner: this.#inner.kernel, bias: this.#inner.bias, outer: this.#outer.kernel };
    const product = feedForward(x, weights, this.#activation !== 'gelu') as tf.Tensor3D;
    return { product, bias: this.#outer.bias };
  }
}
