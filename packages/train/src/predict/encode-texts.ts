/** Vectors of texts by a frozen encoder and a pooling head: no labels, no training. */
import type { LoadedEncoder } from '@foldwise/encoders';
import type { Head } from '@foldwise/heads';
import { canPackSequences, compile, tf, withPrecision, type Precision } from '@foldwise/tensorflow';
import { Batcher, type Encoding } from '@foldwise/tokens';
import { applyModel } from '../batches/batch-tensors.ts';
import { forwardBatches, type ForwardBatchesOptions } from './forward-batches.ts';
import { headInputs } from '../model/head-inputs.ts';
import { headWeights } from '../model/head-weights.ts';
import { untrainedWeights } from '../model/untrained-weights.ts';

export interface TextEncoderOptions {
  /** Stays the caller's: it can be trained on in between, and is not disposed. */
  encoder: LoadedEncoder;
  head: Head;
  /** The tokenizer's padding token. */
  padId: number;
  /** Of matrix products (default fp32). */
  precision?: Precision;
  /** Tokens that go through the encoder together at most, with padding: memory grows with it (default 4,096). */
  batchTokens?: number;
}

export interface TextEncoder {
  /** Numbers of a vector. */
  width: number;
  /**
   * The encodings' vectors, row-major [encodings, width], in their order. Batches are made of the encodings of one call,
   * and shapes that were compiled serve later calls too: encode a stream by a few thousand texts a call.
   *
   * @param onBatch called before each batch; it may throw to stop
   */
  encode: (
    encodings: readonly Encoding[],
    onBatch?: ForwardBatchesOptions['onBatch'],
  ) => Promise<Float32Array>;
  /** Frees the compiled functions and the head. @throws while `encode` runs. */
  dispose: () => void;
}

/**
 * Encodes with the encoder as it is at that time. Values do not depend on the batches, but for rounding.
 *
 * @throws for a head that the encoder lacks something for, and for one with weights that no checkpoint brings: those must
 * be trained first.
 */
export function textEncoder({
  encoder,
  head,
  padId,
  precision = 'fp32',
  batchTokens = 4096,
}: TextEncoderOptions): TextEncoder {
  const pooled = head.apply(headInputs(encoder), 'head');
  const model = tf.model({ inputs: encoder.model.inputs, outputs: pooled, name: 'text_encoder' });
  const freeHead = (): void => {
    for (const weight of headWeights(model, encoder).values()) weight.read().dispose();
  };
  const untrained = untrainedWeights(model, encoder);
  if (untrained.length > 0) {
    freeHead();
    throw new Error(
      `The head "${head.spec}" has weights that no checkpoint brings (${untrained.join(', ')}), so it must be trained first, as by \`foldwise cv --head ${head.spec}\`. Without training, take a head that has none, such as mean, cls or max.`,
    );
  }
  const width = pooled.shape.at(-1)!;
  const forward = compile(
    (inputs: tf.NamedTensorMap) => withPrecision(precision, () => applyModel(model, inputs)),
    { name: 'encoding', maxVariants: Infinity },
  );
  const batcher = new Batcher({ padId, packed: canPackSequences(), predict: { tokens: batchTokens } });
  return {
    width,
    encode: async (encodings, onBatch) => {
      const vectors = new Float32Array(encodings.length * width);
      const take = (entry: number, values: Float32Array) => vectors.set(values, entry * width);
      const batches = batcher.predict(encodings);
      await forwardBatches(forward, { model, batches, onBatch, take });
      batcher.keepShapes(batches);
      return vectors;
    },
    dispose: () => {
      forward.dispose();
      freeHead();
    },
  };
}
