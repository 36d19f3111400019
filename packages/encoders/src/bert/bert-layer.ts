/** One transformer layer as BERT has it (Devlin et al. 2019): self-attention, then feed-forward, each normalized after. */
import { dense, dropout, gelu, layerNorm, selfAttention, tf } from '@foldwise/tensorflow';
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
      const [batch, tokens] = mask.shape;
      const bias = tf.sub(1, mask.toFloat()).mul(masked).reshape([batch, 1, 1, tokens]) as tf.Tensor4D;
      const attended = selfAttention(this.#affine('qkv', hidden) as tf.Tensor3D, bias, {
        heads: numAttentionHeads,
        rate: attentionDropout,
      });
      const attention = this.#norm(
        'attention_norm',
        hidden.add(dropout(this.#affine('attention_output', attended), hiddenDropout)),
      );
      const inner = this.#activate(this.#affine('intermediate', attention)); // [batch, tokens, intermediate]
      return this.#norm('output_norm', attention.add(dropout(this.#affine('output', inner), hiddenDropout)));
    });
  }

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    return inputShape[0]!;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#args } as unknown as tf.serialization.ConfigDict;
  }

  #affine(name: string, x: tf.Tensor): tf.Tensor {
    return dense(x, this.#read(`${name}_kernel`) as tf.Tensor2D, this.#read(`${name}_bias`) as tf.Tensor1D);
  }

  #norm(name: string, x: tf.Tensor): tf.Tensor {
    const gamma = this.#read(`${name}_gamma`) as tf.Tensor1D;
    return layerNorm(x, gamma, this.#read(`${name}_beta`) as tf.Tensor1D, this.#args.layerNormEps);
  }

  #activate(x: tf.Tensor): tf.Tensor {
    return this.#args.hiddenAct === 'relu' ? x.relu() : gelu(x, this.#args.hiddenAct !== 'gelu');
  }

  #read(name: string): tf.Tensor {
    return this.#weights.get(name)!.read();
  }
}

tf.serialization.registerClass(BertLayer);
