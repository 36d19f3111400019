/** MPNet's transformer layer (Song et al. 2020): BERT's, but attention is biased by relative positions. */
import { tf } from '@foldwise/tensorflow';
import type { Unbiased } from '../modules/linear.ts';
import type { Owner } from '../modules/owner.ts';
import { PostNormLayer } from '../modules/post-norm-layer.ts';
import { BiasedAttention } from './biased-attention.ts';

/** [hidden states, attention mask, biases [heads, tokens, tokens]], as `PostNormLayer` takes them. */
export class MpnetLayer extends PostNormLayer {
  static readonly className = 'MpnetLayer';
  #attention!: BiasedAttention;

  protected override buildAttention(owner: Owner): void {
    const { hiddenSize, numAttentionHeads: heads, attentionDropout: dropout } = this.args;
    this.#attention = new BiasedAttention(owner, { hiddenSize, heads, dropout });
  }

  protected override attend(hidden: tf.Tensor3D, mask: tf.Tensor2D, bias: tf.Tensor): Unbiased {
    return this.#attention.call(hidden, mask, bias as tf.Tensor3D);
  }
}

tf.serialization.registerClass(MpnetLayer);
