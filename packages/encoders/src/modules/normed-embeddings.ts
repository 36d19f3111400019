/** What the embedding layers of encoders share: words with something added to them, normalized (Devlin et al. 2019). */
import { dropout, tf } from '@foldwise/tensorflow';
import { EmbeddingTable } from './embeddings.ts';
import { Norm } from './norm.ts';
import type { LayerArgs, Owner } from './owner.ts';

export interface NormedEmbeddingsArgs extends LayerArgs {
  vocabSize: number;
  /** Features of an embedding. */
  size: number;
  maxPositionEmbeddings: number;
  layerNormEps: number;
  /** Share of features dropped in training. */
  dropout: number;
}

/**
 * Token ids int32 [batch, tokens] to embeddings [batch, tokens, size]; or ids and token types, each int32
 * [batch, tokens]. Padding is embedded like any token; the layers after this one take the mask.
 */
export abstract class NormedEmbeddings<A extends NormedEmbeddingsArgs = NormedEmbeddingsArgs>
  extends tf.layers.Layer
{
  protected readonly args: A;
  #words!: EmbeddingTable;
  #norm!: Norm;

  constructor(args: A) {
    super(args);
    this.args = args;
  }

  override build(): void {
    const { vocabSize, size, layerNormEps, initializerRange } = this.args;
    const owner = { layer: this, depth: 0, initializerRange };
    this.#words = new EmbeddingTable(owner, 'word_embeddings', { rows: vocabSize, size });
    this.buildPlaces(owner);
    this.#norm = new Norm(owner, 'norm', { size, epsilon: layerNormEps });
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [ids, types] = (Array.isArray(inputs) ? inputs : [inputs]) as [tf.Tensor, tf.Tensor?];
    return tf.tidy(() => {
      const places = this.places(ids, types);
      const words = this.#words.lookup(ids); // [batch, tokens, size]
      return dropout(this.#norm.call(words.add(places)), this.args.dropout);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const ids = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as tf.Shape;
    return [...ids, this.args.size];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.args };
  }

  /** Adds the weights of `places`. */
  protected abstract buildPlaces(owner: Owner): void;

  /**
   * What is added to the words, of a shape that broadcasts to theirs.
   * @throws if a text is longer than the position embeddings
   */
  protected abstract places(ids: tf.Tensor, types: tf.Tensor | undefined): tf.Tensor;
}
