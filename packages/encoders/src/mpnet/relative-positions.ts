/** What MPNet adds to attention scores for how far apart two tokens stand (Raffel et al. 2020; Song et al. 2020). */
import { embeddingLookup, tf } from '@foldwise/tensorflow';
import { addMatrix, type LayerArgs } from '../modules/owner.ts';

/** Half of them are for what stands before, half for what stands behind. */
export const bucketCount = 32;

const side = bucketCount / 2;
/** Up to below this, each distance has a bucket of its own. */
const exact = side / 2;
/** From this on, all distances are in the last bucket. */
const farthest = 128;

/** Of a token that stands `distance` behind the one that attends. Beyond 8 tokens, buckets are even in the logarithm. */
export function bucketOf(distance: number): number {
  const before = distance > 0 ? side : 0;
  const far = Math.abs(distance);
  if (far < exact) return before + far;
  // Rounded to float32 as PyTorch does it: 64 tokens are at a border.
  const share = Math.fround(Math.fround(Math.log(far / exact)) / Math.fround(Math.log(farthest / exact)));
  return before + Math.min(exact + Math.trunc(share * (side - exact)), side - 1);
}

export interface RelativePositionsArgs extends LayerArgs {
  heads: number;
  /** Rows of the table. */
  buckets: number;
}

/**
 * An attention mask [batch, tokens], read for its shape, to biases [heads, tokens, tokens]: what is added to the score of
 * the last axis' token for the one before it. All layers share it; it counts to the embeddings. Weight:
 * `relative_attention_bias` [buckets, heads].
 */
export class RelativePositions extends tf.layers.Layer {
  static readonly className = 'RelativePositions';
  readonly #args: RelativePositionsArgs;
  #table!: tf.LayerVariable;

  constructor(args: RelativePositionsArgs) {
    super(args);
    this.#args = args;
  }

  override build(): void {
    const { heads, buckets, initializerRange } = this.#args;
    const owner = { layer: this, depth: 0, initializerRange };
    this.#table = addMatrix(owner, 'relative_attention_bias', [buckets, heads]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [mask] = (Array.isArray(inputs) ? inputs : [inputs]) as [tf.Tensor2D];
    const tokens = mask.shape[1];
    return tf.tidy(() => {
      const distances = Array.from({ length: 2 * tokens - 1 }, (_, i) => bucketOf(i - tokens + 1));
      const places = tf.range(0, tokens, 1, 'int32');
      const apart = places.sub(places.expandDims(1)).add(tf.scalar(tokens - 1, 'int32')); // [tokens, tokens]
      const buckets = tf.gather(tf.tensor1d(distances, 'int32'), apart.toInt());
      return embeddingLookup(this.#table.read() as tf.Tensor2D, buckets).transpose([2, 0, 1]);
    });
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const tokens = inputShape[1]!;
    return [this.#args.heads, tokens, tokens];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#args } as unknown as tf.serialization.ConfigDict;
  }
}

tf.serialization.registerClass(RelativePositions);
