/** One transformer layer as BERT has it (Devlin et al. 2019): self-attention, then feed-forward, each normalized after. */
import { tf } from '@foldwise/tensorflow';
import { FeedForward, type Activation } from '../modules/feed-forward.ts';
import { NormedResidual } from '../modules/norm.ts';
import type { LayerArgs } from '../modules/owner.ts';
import { SelfAttention } from '../modules/self-attention.ts';

export interface BertLayerArgs extends LayerArgs {
  /** Layers up to this one, itself included. */
  depth: number;
  hiddenSize: number;
  numAttentionHeads: number;
  intermediateSize: number;
  hiddenAct: Activation;
  layerNormEps: number;
  /** Share of features dropped in training, after attention and after feed-forward. */
  hiddenDropout: number;
  /** Share of attention weights dropped in training. */
  attentionDropout: number;
}

/**
 * [hidden states [batch, tokens, hidden], attention mask [batch, tokens] of 1 and 0] to hidden states of the same
 * shape. Masked positions are attended to by none; what comes out at these positions is to be ignored.
 */
export class BertLayer extends tf.layers.Layer {
  static readonly className = 'BertLayer';
  readonly #args: BertLayerArgs;
  #attention!: SelfAttention;
  #attended!: NormedResidual;
  #feedForward!: FeedForward;
  #output!: NormedResidual;

  constructor(args: BertLayerArgs) {
    super(args);
    this.#args = args;
  }

  /** @throws if the heads do not divide the hidden size */
  override build(): void {
    const { depth, initializerRange, hiddenSize, intermediateSize, ...args } = this.#args;
    const owner = { layer: this, depth, initializerRange };
    const residual = { size: hiddenSize, epsilon: args.layerNormEps, dropout: args.hiddenDropout };
    const attention = { hiddenSize, heads: args.numAttentionHeads, dropout: args.attentionDropout };
    this.#attention = new SelfAttention(owner, attention);
    this.#attended = new NormedResidual(owner, 'attention_norm', residual);
    this.#feedForward = new FeedForward(owner, { hiddenSize, intermediateSize, activation: args.hiddenAct });
    this.#output = new NormedResidual(owner, 'output_norm', residual);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [hidden, mask] = inputs as [tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => {
      const attended = this.#attended.call(this.#attention.call(hidden, mask), hidden);
      return this.#output.call(this.#feedForward.call(attended), attended);
    });
  }

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    return inputShape[0]!;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#args } as unknown as tf.serialization.ConfigDict;
  }
}

tf.serialization.registerClass(BertLayer);
