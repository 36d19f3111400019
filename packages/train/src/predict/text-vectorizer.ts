/** From strings to vectors by a checkpoint and a pooling head: no labels, no training. */
import { loadEncoder } from '@foldwise/encoders';
import { findHead } from '@foldwise/heads';
import { allowTf32, fastestPrecision, tf, type Precision } from '@foldwise/tensorflow';
import { Tokenizer } from '@foldwise/tokens';
import { textEncoder } from './encode-texts.ts';
import { normalizeRows } from './normalize-rows.ts';

export interface TextVectorizerOptions {
  /** Folder of the encoder's checkpoint. */
  model: string;
  /** As pipelines write it (default mean). */
  head?: string;
  /** Tokens of a text, special ones included; longer texts are cut. Default: 128, or what the encoder takes if less. */
  maxLength?: number | undefined;
  /** Of matrix products; `auto` (default) is bf16 where the processor multiplies it in hardware, else fp32. */
  precision?: Precision | 'auto';
  /** Divides every vector by its length (Euclidean); one of zeros stays as it is. Default: no. */
  normalize?: boolean;
}

export interface TextVectorizer {
  /** Numbers of a vector. */
  width: number;
  /** As they are used. */
  maxLength: number;
  precision: Precision;
  /**
   * Row-major [texts, width], in the order of the texts. A stream comes by a few thousand texts a call: memory grows
   * with the texts of one call only.
   *
   * @param onBatch called before each batch of the call with the share that is done, 0 to 1; it may throw to stop
   */
  vectors: (texts: readonly string[], onBatch?: (done: number) => void) => Promise<Float32Array>;
  /** Frees the model. @throws while `vectors` runs. */
  dispose: () => void;
}

/**
 * Runs on the engine that is started.
 *
 * @throws Error as `textEncoder`, for a damaged checkpoint, an unknown head, and a `maxLength` that the encoder has no
 * positions for.
 */
export async function textVectorizer({
  model,
  head = 'mean',
  maxLength: wanted,
  precision: asked = 'auto',
  normalize = false,
}: TextVectorizerOptions): Promise<TextVectorizer> {
  const pooling = findHead(head);
  const tokenizer = await Tokenizer.load(model);
  const encoder = await loadEncoder(model);
  const freeEncoder = (): void => tf.dispose(encoder.model.weights.map((weight) => weight.read()));
  try {
    const positions = encoder.maxTokens;
    if (wanted !== undefined && wanted > positions)
      throw new Error(`The maximal length is ${wanted} tokens, but ${model} has ${positions} positions.`);
    const maxLength = wanted ?? Math.min(128, positions);
    const precision = asked === 'auto' ? fastestPrecision() : asked;
    allowTf32(precision === 'tf32');
    const texts = textEncoder({ encoder, head: pooling, padId: tokenizer.padId, precision });
    return {
      width: texts.width,
      maxLength,
      precision,
      vectors: async (strings, onBatch) => {
        const encodings = tokenizer.encodeColumns([strings], { maxLength });
        const vectors = await texts.encode(encodings, (batch, batches) => onBatch?.(batch / batches));
        if (normalize) normalizeRows(vectors, texts.width);
        return vectors;
      },
      dispose: () => {
        texts.dispose();
        freeEncoder();
      },
    };
  } catch (error) {
    freeEncoder();
    throw error;
  }
}
