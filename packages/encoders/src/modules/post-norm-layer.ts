/**
 * What transformer layers share that are normalized after each part, as BERT's (Devlin et al. 2019): attention, then
 * feed-forward. How tokens attend to one another is each subclass's own.
 */
import { tf } from '@foldwise/tensorflow';
import { FeedForward, type Activation } from './feed-forward.ts';
import type { Unbiased } from './linear.ts';
import { NormedResidual } from './norm.ts';
import type { LayerArgs, Owner } from './owner.ts';

export interface PostNormLayerArgs extends LayerArgs {
  /** Layers up to this one, itself included; where it is applied several times, up to the last of these. */
  depth: number;
  hiddenSize: number;
  numAttentionHeads: number;
  intermediateSize: number;
  hiddenAct: Activation;
  layerNormEps: number;
  /** Share of attention weights dropped in training. */
  attentionDropout: number;
  /** Share of features dropped in training, after attention. */
  attendedDropout: number;
  /** Share of features dropped in training, after feed-forward. */
  outputDropout: number;
}

/**
 * [hidden states [batch, tokens, hidden], attention mask [batch, tokens] of 1 and 0], and what the subclass takes besides,
 * to hidden states of the same shape. Masked positions are attended to by none; what comes out at these positions is to
 * be ignored.
 */
export abstract class PostNormLayer extends tf.layers.Layer {
  protected readonly args: PostNormLayerArgs;
  #attended!: NormedResidual;
  #feedForward!: FeedForward;
  #output!: NormedResidual;

  constructor(args: PostNormLayerArgs) {
    super(args);
    this.args = args;
  }

  /** @throws if the heads do not divide the hidden size */
  override build(): void {
    const { depth, initializerRange, hiddenSize, intermediateSize, ...args } = this.args;
    const owner = { layer: this, depth, initializerRange };
    const norm = { size: hiddenSize, epsilon: args.layerNormEps };
    this.buildAttention(owner);
    const { attendedDropout, outputDropout } = args;
    this.#attended = new NormedResidual(owner, 'attention_norm', { ...norm, dropout: attendedDropout });
    this.#feedForward = new FeedForward(owner, { hiddenSize, intermediateSize, activation: args.hiddenAct });
    this.#output = new NormedResidual(owner, 'output_norm', { ...norm, dropout: outputDropout });
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const all = inputs as [tf.Tensor3D, tf.Tensor2D, ...tf.Tensor[]];
    return tf.tidy(() => {
      const attended = this.#attended.call(this.attend(...all), all[0]);
      return this.#output.call(this.#feedForward.call(attended), attended);
    });
  }

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    return inputShape[0]!;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.args } as unknown as tf.serialization.ConfigDict;
  }

  /** Adds the weights of `attend`. */
  protected abstract buildAttention(owner: Owner): void;

  /** The layer's inputs to [batch, tokens, hidden]. */
  protected abstract attend(hidden: tf.Tensor3D, mask: tf.Tensor2D, ...more: tf.Tensor[]): Unbiased;
}
