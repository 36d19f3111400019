/** Makes batches of encodings: for training, in another order in each epoch, and for prediction. */
import type { Encoding } from '../encoding.ts';
import { Batches, type BatchShape } from './batch.ts';
import { planByRows, type RowsPlan, type TrainingSet } from './plan-by-rows.ts';
import { planByTokens } from './plan-by-tokens.ts';

export interface BatcherOptions {
  /** The tokenizer's padding token. */
  padId: number;
  /** Whether encodings may follow one another without padding; they do where that saves work. */
  packed: boolean;
  /** What is trained on; undefined where a model only predicts. */
  train?: TrainingSet | undefined;
  /**
   * Predictions by so many encodings a batch, of sets that are known before, so that all have the same few shapes; or by
   * about so many tokens a batch, of whatever comes: shapes that are compiled then serve again.
   */
  predict: { size: number; sets: readonly (readonly Encoding[])[] } | { tokens: number };
}

export class Batcher {
  readonly #options: BatcherOptions;
  readonly #byRows: RowsPlan;
  /** Each shape once. */
  readonly #compiled = new Map<string, BatchShape>();

  constructor(options: BatcherOptions) {
    const { train, predict, packed } = options;
    this.#options = options;
    this.#byRows = planByRows({ train, predict: 'size' in predict ? predict : undefined, packed });
  }

  /** Every encoding that is trained on in one batch. @param epoch from 1; equal seeds and epochs give equal batches */
  train(epoch: number): Batches {
    const { train, padId } = this.#options;
    return new Batches(train?.encodings ?? [], this.#byRows.train(epoch), padId);
  }

  /** Every encoding in one batch. */
  predict(encodings: readonly Encoding[]): Batches {
    const { predict, packed, padId } = this.#options;
    const compiled = [...this.#compiled.values()];
    const plans =
      'tokens' in predict
        ? planByTokens({ encodings, tokens: predict.tokens, packed, compiled })
        : this.#byRows.predict(encodings);
    return new Batches(encodings, plans, padId);
  }

  /** Says that these batches went through the model: later predictions by tokens take their shapes again. */
  keepShapes({ shapes }: Batches): void {
    for (const shape of shapes) this.#compiled.set(Object.values(shape).join(), shape);
  }
}
