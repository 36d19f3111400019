/**
 * Attention over tokens: each is scored by a tanh layer and a learned vector, as in hierarchical attention networks
 * (Yang et al. 2016) and the attention heads of Kaggle's CommonLit competition (2021).
 */
import { addParameter, dense, tf } from '@foldwise/tensorflow';
import { attend } from './attend.ts';
import { poolingHead } from './pooling-head.ts';
import { PoolingLayer, type LearnedPoolingArgs } from './pooling-layer.ts';
import { uniformStart } from '../uniform-start.ts';

/**
 * [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]: the mean of the states weighted by
 * softmax(tanh(state W + b) v) over the tokens. Weights: kernel [n, n], bias [n], score_kernel [n, 1]. A bias of the
 * score would change nothing.
 */
export class AttentionPooling extends PoolingLayer {
  static readonly className = 'AttentionPooling';
  readonly #seed: number;
  #kernel!: tf.LayerVariable;
  #bias!: tf.LayerVariable;
  #score!: tf.LayerVariable;

  constructor(args: LearnedPoolingArgs = {}) {
    super(args);
    this.#seed = args.seed ?? 0;
  }

  override build(inputShape: tf.Shape[]): void {
    const hidden = inputShape[0]!.at(-1)!;
    const kernel = (name: string, columns: number, seed: number) =>
      addParameter(this, name, [hidden, columns], { initializer: uniformStart(hidden, seed) });
    this.#kernel = kernel('kernel', hidden, this.#seed);
    this.#bias = addParameter(this, 'bias', [hidden], { initializer: tf.initializers.zeros(), decay: false });
    this.#score = kernel('score_kernel', 1, this.#seed + 1);
    this.built = true;
  }

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const [batch, , width] = hidden.shape;
    const inner = dense(hidden, this.#kernel.read() as tf.Tensor2D, this.#bias.read() as tf.Tensor1D).tanh();
    const scores = dense(inner, this.#score.read() as tf.Tensor2D) as tf.Tensor3D;
    return attend(hidden, scores, mask).reshape([batch, width]);
  }

  protected override features(hidden: number): number {
    return hidden;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), seed: this.#seed };
  }
}

tf.serialization.registerClass(AttentionPooling);

export const attention = poolingHead({
  name: 'attention',
  description: 'the mean over the tokens, weighted by learned scores of a tanh layer',
  source: 'Yang et al. 2016',
  create: (name, seed) => new AttentionPooling({ name, seed }),
});
