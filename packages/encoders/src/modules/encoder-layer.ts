/** A transformer layer as BERT has it (Devlin et al. 2019), and a stack of these. */
import { tf } from '@foldwise/tensorflow';
import type { Unbiased } from './linear.ts';
import type { Owner } from './owner.ts';
import { PostNormLayer, type PostNormLayerArgs } from './post-norm-layer.ts';
import { SelfAttention } from './self-attention.ts';

/** [hidden states, attention mask], as `PostNormLayer` takes them. */
export class EncoderLayer extends PostNormLayer {
  static readonly className: string = 'EncoderLayer';
  #attention!: SelfAttention;

  protected override buildAttention(owner: Owner): void {
    const { hiddenSize, numAttentionHeads: heads, attentionDropout: dropout } = this.args;
    this.#attention = new SelfAttention(owner, { hiddenSize, heads, dropout });
  }

  protected override attend(hidden: tf.Tensor3D, mask: tf.Tensor2D): Unbiased {
    return this.#attention.call(hidden, mask);
  }
}

tf.serialization.registerClass(EncoderLayer);

/**
 * The hidden states of layers named `layer_0` and so on, each with weights of its own; `embedded` is the first of them.
 * @param args.count of the layers
 */
export function stackLayers(
  embedded: tf.SymbolicTensor,
  mask: tf.SymbolicTensor,
  { count, ...args }: Omit<PostNormLayerArgs, 'name' | 'depth'> & { count: number },
): tf.SymbolicTensor[] {
  const hiddenStates = [embedded];
  for (let i = 0; i < count; i++) {
    const layer = new EncoderLayer({ ...args, name: `layer_${i}`, depth: i + 1 });
    hiddenStates.push(layer.apply([hiddenStates.at(-1)!, mask]) as tf.SymbolicTensor);
  }
  return hiddenStates;
}
