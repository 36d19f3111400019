/** BERT's embedding layer (Devlin et al. 2019): word, position and segment embeddings, normalized. */
import { dropout, embeddingLookup, layerNorm, tf, packedSequences } from '@foldwise/tensorflow';
import { initializerFor, type LayerArgs } from './layer-args.ts';

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
 * Token ids int32 [batch, tokens] to hidden states [batch, tokens, hidden]. Every token belongs to segment 0. Padding
 * is embedded like any token; the layers after this one take the mask.
 *
 * @throws if a text is longer than the position embeddings.
 */
export class BertEmbeddings extends tf.layers.Layer {
  static readonly className = 'BertEmbeddings';
  readonly #args: BertEmbeddingsArgs;
  #word!: tf.LayerVariable;
  #position!: tf.LayerVariable;
  #segment!: tf.LayerVariable;
  #gamma!: tf.LayerVariable;
  #beta!: tf.LayerVariable;

  constructor(args: BertEmbeddingsArgs) {
    super(args);
    this.#args = args;
  }

  override build(): void {
    const { vocabSize, hiddenSize, maxPositionEmbeddings, typeVocabSize } = this.#args;
    const initializer = initializerFor(this.#args);
    const table = (name: string, rows: number) =>
      this.addWeight(name, [rows, hiddenSize], 'float32', initializer);
    this.#word = table('word_embeddings', vocabSize);
    this.#position = table('position_embeddings', maxPositionEmbeddings);
    this.#segment = table('token_type_embeddings', typeVocabSize);
    this.#gamma = this.addWeight('norm_gamma', [hiddenSize], 'float32', tf.initializers.ones());
    this.#beta = this.addWeight('norm_beta', [hiddenSize], 'float32', tf.initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { hiddenSize, maxPositionEmbeddings, layerNormEps, dropout: rate } = this.#args;
    const ids = Array.isArray(inputs) ? inputs[0]! : inputs; // [batch, tokens]
    const texts = packedSequences();
    const tokens = texts ? texts.longest : ids.shape[1]!;
    if (tokens > maxPositionEmbeddings)
      throw new Error(
        `A text of ${tokens} tokens is longer than the encoder's ${maxPositionEmbeddings} positions; lower training.maxLength.`,
      );
    return tf.tidy(() => {
      const table = this.#position.read() as tf.Tensor2D;
      const places = texts
        ? embeddingLookup(table, texts.positions) // [1, rows, hidden]
        : table.slice([0, 0], [tokens, hiddenSize]); // [tokens, hidden]
      const segment = this.#segment.read().slice([0, 0], [1, hiddenSize]); // [1, hidden]
      const words = embeddingLookup(this.#word.read() as tf.Tensor2D, ids); // [batch, tokens, hidden]
      const sum = words.add(places.add(segment));
      const gamma = this.#gamma.read() as tf.Tensor1D;
      return dropout(layerNorm(sum, gamma, this.#beta.read() as tf.Tensor1D, layerNormEps), rate);
    });
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [...inputShape, this.#args.hiddenSize];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#args } as unknown as tf.serialization.ConfigDict;
  }
}

tf.serialization.registerClass(BertEmbeddings);
