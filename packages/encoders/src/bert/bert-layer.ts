/** One transformer layer as BERT has it (Devlin et al. 2019): self-attention, then feed-forward, each normalized after. */
import { dense, feedForward, residualNorm, selfAttention, tf } from '@foldwise/tensorflow';
import { initializerFor, type LayerArgs } from './layer-args.ts';

export interface BertLayerArgs extends LayerArgs {
  hiddenSize: number;
  numAttentionHeads: number;
  intermediateSize: number;
  /** As in config.json; "gelu_new" and "gelu_pytorch_tanh" are the tanh form. */
  hiddenAct: 'gelu' | 'gelu_new' | 'gelu_pytorch_tanh' | 'relu';
  layerNormEps: number;
  /** Share of features dropped in training, after attention and after feed-forward. */
  hiddenDropout: number;
  /** Share of attention weights dropped in training. */
  attentionDropout: number;
}

/** Added to the scores of masked positions: softmax gives these exactly 0. */
const masked = -1e9;

/**
 * [hidden states [batch, tokens, hidden], attention mask [batch, tokens] of 1 and 0] to hidden states of the same
 * shape. Masked positions are attended to by none; what comes out at these positions is to be ignored.
 */
export class BertLayer extends tf.layers.Layer {
  static readonly className = 'BertLayer';
  readonly #args: BertLayerArgs;
  readonly #weights = new Map<string, tf.LayerVariable>();

  constructor(args: BertLayerArgs) {
    super(args);
    if (args.hiddenSize % args.numAttentionHeads !== 0)
      throw new Error(
        `BertLayer: ${args.numAttentionHeads} heads do not divide a hidden size of ${args.hiddenSize}.`,
      );
    this.#args = args;
  }

  override build(): void {
    const { hiddenSize, intermediateSize } = this.#args;
    const add = (name: string, shape: number[], initializer = initializerFor(this.#args)) =>
      this.#weights.set(name, this.addWeight(name, shape, 'float32', initializer));
    const affine = (name: string, inputs: number, outputs: number) => {
      add(`${name}_kernel`, [inputs, outputs]);
      add(`${name}_bias`, [outputs], tf.initializers.zeros());
    };
    const norm = (name: string) => {
      add(`${name}_gamma`, [hiddenSize], tf.initializers.ones());
      add(`${name}_beta`, [hiddenSize], tf.initializers.zeros());
    };
    // Queries, keys and values in one product: three narrow ones take longer.
    affine('qkv', hiddenSize, 3 * hiddenSize);
    affine('attention_output', hiddenSize, hiddenSize);
    norm('attention_norm');
    affine('intermediate', hiddenSize, intermediateSize);
    affine('output', intermediateSize, hiddenSize);
    norm('output_norm');
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [hidden, mask] = inputs as [tf.Tensor3D, tf.Tensor2D];
    const { numAttentionHeads, hiddenDropout, attentionDropout } = this.#args;
    return tf.tidy(() => {
      const bias = tf.sub(1, mask.toFloat()).mul(masked) as tf.Tensor2D;
      const attended = selfAttention(this.#product('qkv', hidden), bias, {
        heads: numAttentionHeads,
        bias: this.#vector('qkv_bias'),
        rate: attentionDropout,
      });
      const projected = this.#product('attention_output', attended);
      const attention = this.#addAndNorm('attention', projected, hidden, hiddenDropout);
      return this.#addAndNorm('output', this.#feedForward(attention), attention, hiddenDropout);
    });
  }

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    return inputShape[0]!;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#args } as unknown as tf.serialization.ConfigDict;
  }

  #product(name: string, x: tf.Tensor): tf.Tensor3D {
    return dense(x, this.#read(`${name}_kernel`) as tf.Tensor2D) as tf.Tensor3D;
  }

  /** The norm of the residual and what a part of the layer adds to it. */
  #addAndNorm(
    part: 'attention' | 'output',
    x: tf.Tensor3D,
    residual: tf.Tensor3D,
    rate: number,
  ): tf.Tensor3D {
    const gamma = this.#vector(`${part}_norm_gamma`);
    const beta = this.#vector(`${part}_norm_beta`);
    const epsilon = this.#args.layerNormEps;
    const bias = this.#vector(part === 'attention' ? 'attention_output_bias' : 'output_bias');
    return residualNorm(x, residual, bias, { gamma, beta, epsilon }, rate);
  }

  /** Without the bias of its output. */
  #feedForward(x: tf.Tensor3D): tf.Tensor3D {
    const inner = this.#read('intermediate_kernel') as tf.Tensor2D;
    const bias = this.#vector('intermediate_bias');
    const outer = this.#read('output_kernel') as tf.Tensor2D;
    const { hiddenAct } = this.#args;
    if (hiddenAct === 'relu') return dense(dense(x, inner, bias).relu(), outer) as tf.Tensor3D;
    return feedForward(x, { inner, bias, outer }, hiddenAct !== 'gelu') as tf.Tensor3D;
  }

  #vector(name: string): tf.Tensor1D {
    return this.#read(name) as tf.Tensor1D;
  }

  #read(name: string): tf.Tensor {
    return this.#weights.get(name)!.read();
  }
}

tf.serialization.registerClass(BertLayer);
