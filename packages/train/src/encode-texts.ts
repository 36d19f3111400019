/** Vectors of texts by a frozen encoder and a pooling head: no labels, no training. */
import type { LoadedEncoder } from '@foldwise/encoders';
import type { Head } from '@foldwise/heads';
import { canPackSequences, compile, tf, withPrecision, type Precision } from '@foldwise/tensorflow';
import { budgetBatches } from './fit/budget-batches.ts';
import { forwardBatches } from './fit/forward-batches.ts';
import { headInputs } from './model/head-inputs.ts';
import { headWeights } from './model/head-weights.ts';
import type { PlannedBatch } from './fit/planned-batch.ts';
import { shapeLengths } from './fit/shape-lengths.ts';
import { applyModel } from './fit/text-inputs.ts';
import { unpaddedBatches } from './fit/unpadded-batches.ts';
import { worthUnpadding } from './fit/worth-unpadding.ts';
import { untrainedWeights } from './model/untrained-weights.ts';

export interface TextEncoderOptions {
  /** Stays the caller's: it can be trained on in between, and is not disposed. */
  encoder: LoadedEncoder;
  head: Head;
  /** Of matrix products (default fp32). */
  precision?: Precision;
  /** Tokens that go through the encoder together at most, with padding: memory grows with it (default 4,096). */
  batchTokens?: number;
}

export interface EncodeTextsOptions {
  /** Each text's token ids. */
  tokens: readonly Int32Array[];
  padId: number;
  /** Called before each batch; it may throw to stop. */
  onBatch?: (batch: number, batches: number) => void;
}

export interface TextEncoder {
  /** Numbers of a vector. */
  width: number;
  /**
   * The texts' vectors, row-major [texts, width], in the order of the texts. Batches are made of the texts of one call,
   * and shapes that were compiled serve later calls too: encode a stream by a few thousand texts a call.
   */
  encode: (options: EncodeTextsOptions) => Promise<Float32Array>;
  /** Frees the compiled functions and the head. @throws while `encode` runs. */
  dispose: () => void;
}

/**
 * What another shape costs, as tokens of which the encoder takes the same time. Measured of MiniLM-L6 in bf16 on two
 * cores: 45 to 90 ms a shape, at 12,000 to 15,000 tokens/s. From half to double of that, the whole takes the same
 * within a few parts in a hundred.
 */
const shapePrice = 1000;

/**
 * Encodes with the encoder as it is at that time. Values do not depend on the batches, but for rounding.
 *
 * @throws for a head that the encoder lacks something for, and for one with weights that no checkpoint brings: those must
 * be trained first.
 */
export function textEncoder({
  encoder,
  head,
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
  /** Of the batches that went through, each once. */
  const compiled = new Map<string, Omit<PlannedBatch, 'rows'>>();
  return {
    width,
    encode: async ({ tokens, padId, onBatch }) => {
      const lengths = tokens.map(({ length }) => Math.max(1, length));
      const plan = canPackSequences() && worthUnpadding(lengths) ? unpaddedPlan : paddedPlan;
      const batches = plan(lengths, batchTokens, [...compiled.values()]);
      const vectors = new Float32Array(tokens.length * width);
      const take = (row: number, values: Float32Array) => vectors.set(values, row * width);
      await forwardBatches(forward, { batches, tokens, padId, onBatch, take });
      for (const { size, length, total } of batches)
        compiled.set([size, length, total].join(), { size, length, total });
      return vectors;
    },
    dispose: () => {
      forward.dispose();
      freeHead();
    },
  };
}

/** Batches for the texts of one call, by their lengths, of shapes that are compiled where they serve. */
type Plan = (
  lengths: readonly number[],
  tokens: number,
  compiled: readonly Omit<PlannedBatch, 'rows'>[],
) => PlannedBatch[];

const unpaddedPlan: Plan = (lengths, tokens, compiled) => unpaddedBatches({ lengths, tokens, compiled });

const paddedPlan: Plan = (lengths, tokens, compiled) => {
  const known = compiled.filter(({ total }) => total === undefined).map(({ length }) => length);
  const padTo = shapeLengths({ lengths, compiled: new Set(known), price: shapePrice });
  return budgetBatches({ lengths, padTo, tokens });
};
