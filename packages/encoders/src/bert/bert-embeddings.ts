/** BERT's embedding layer (Devlin et al. 2019): word, position and token type embeddings, normalized. */
import { dropout, tf } from '@foldwise/tensorflow';
import { EmbeddingTable, PositionEmbeddings, TypeEmbeddings } from '../modules/embeddings.ts';
import { Norm } from '../modules/norm.ts';
import type { LayerArgs } from '../modules/owner.ts';

export interface BertEmbeddingsArgs extends LayerArgs {
  vocabSize: number;
  hiddenSize: number;
  maxPositionEmbeddings: number;
  typeVocabSize: number;
  layerNormEps: number;
  /** Share of features dropped in training. */
  dropout: number;
}

/**
 * Token ids int32 [batch, tokens] to hidden states [batch, tokens, hidden]; or ids and token types, each int32
 * [batch, tokens]. Without types every token is of type 0. Padding is embedded like any token; the layers after this one
 * take the mask.
 *
 * @throws if a text is longer than the position embeddings.
 */
export class BertEmbeddings extends tf.layers.Layer {
  static readonly className = 'BertEmbeddings';
  readonly #args: BertEmbeddingsArgs;
  #words!: EmbeddingTable;
  #positions!: PositionEmbeddings;
  #types!: TypeEmbeddings;
  #norm!: Norm;

  constructor(args: BertEmbeddingsArgs) {
    super(args);
    this.#args = args;
  }

  override build(): void {
    const { vocabSize, hiddenSize: size, initializerRange, ...args } = this.#args;
    const owner = { layer: this, depth: 0, initializerRange };
    this.#words = new EmbeddingTable(owner, 'word_embeddings', { rows: vocabSize, size });
    this.#positions = new PositionEmbeddings(owner, { rows: args.maxPositionEmbeddings, size });
    this.#types = new TypeEmbeddings(owner, { rows: args.typeVocabSize, size });
    this.#norm = new Norm(owner, 'norm', { size, epsilon: args.layerNormEps });
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [ids, types] = (Array.isArray(inputs) ? inputs : [inputs]) as [tf.Tensor, tf.Tensor?];
    return tf.tidy(() => {
      const places = this.#positions.call(ids).add(this.#types.call(types));
      const words = this.#words.lookup(ids); // [batch, tokens, hidden]
      return dropout(this.#norm.call(words.add(places)), this.#args.dropout);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const ids = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as tf.Shape;
    return [...ids, this.#args.hiddenSize];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#args } as unknown as tf.serialization.ConfigDict;
  }
}

tf.serialization.registerClass(BertEmbeddings);
