/** The tanh pooler that BERT's checkpoints bring for the first token (Devlin et al. 2019). */
import { addParameter, dense, tf } from '@foldwise/tensorflow';
import type { HeadKind } from '../head.ts';
import { applyPooling } from './pooling-head.ts';
import { PoolingLayer } from './pooling-layer.ts';

/** [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]: tanh(first W + b). Weights: kernel, bias. */
export class Pooler extends PoolingLayer {
  static readonly className = 'Pooler';
  #kernel!: tf.LayerVariable;
  #bias!: tf.LayerVariable;

  override build(inputShape: tf.Shape[]): void {
    const hidden = inputShape[0]!.at(-1)!;
    // Zeros, as a checkpoint fills them.
    const initializer = tf.initializers.zeros();
    this.#kernel = addParameter(this, 'kernel', [hidden, hidden], { initializer });
    this.#bias = addParameter(this, 'bias', [hidden], { initializer, decay: false });
    this.built = true;
  }

  protected override pool(hidden: tf.Tensor3D): tf.Tensor2D {
    const [batch, , width] = hidden.shape;
    const first = hidden.slice([0, 0, 0], [batch, 1, width]).reshape([batch, width]);
    const pooled = dense(first, this.#kernel.read() as tf.Tensor2D, this.#bias.read() as tf.Tensor1D);
    return pooled.tanh() as tf.Tensor2D;
  }

  protected override features(hidden: number): number {
    return hidden;
  }
}

tf.serialization.registerClass(Pooler);

export const pooler: HeadKind = {
  syntax: 'pooler',
  description: "the first token through the checkpoint's own dense layer and tanh, which is trained on",
  source: 'Devlin et al. 2019 (BERT)',
  examples: ['pooler'],
  create: (argument) => {
    if (argument !== undefined) throw new Error(`Head "pooler" takes no argument; got "${argument}".`);
    return (inputs, name) => {
      if (!inputs.pooler)
        throw new Error(
          'Head "pooler": the checkpoint has no tensors pooler.dense.weight and pooler.dense.bias. Take "cls", which needs none.',
        );
      const layer = new Pooler({ name });
      const pooled = applyPooling(layer, inputs);
      const { kernel, bias } = inputs.pooler;
      tf.tidy(() => layer.setWeights([tf.tensor2d(kernel, [bias.length, bias.length]), tf.tensor1d(bias)]));
      return pooled;
    };
  },
};
