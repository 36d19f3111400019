/** The texts of a fold as tokens, and the batches that they are trained and predicted in. */
import type { Competition, Pipeline } from '@foldwise/data';
import type { FoldRows } from '@foldwise/folds';
import { canPackSequences } from '@foldwise/tensorflow';
import { Tokenizer } from '@foldwise/tokens';
import { encodeOnce } from '../fit/encode-once.ts';
import { planBatches } from '../fit/plan-batches.ts';
import type { PlannedBatch } from '../fit/planned-batch.ts';
import { textBatch, type Batch } from '../fit/text-batch.ts';
import { worthUnpadding } from '../fit/worth-unpadding.ts';
import type { Loader } from '../trainer/trainer.ts';

/** Texts that are predicted together. */
export interface PredictedTexts {
  tokens: readonly Int32Array[];
  padId: number;
  batches: PlannedBatch[];
}

export interface FoldBatches {
  /** @param targets [columns][train rows], as the model learns them */
  loader: (targets: readonly Float64Array[]) => Loader<Batch & { tokens: number }>;
  /** The rows that choose an epoch, those that are held out (where others choose, else the same), and the test rows. */
  choosing: PredictedTexts;
  valid: PredictedTexts;
  test: PredictedTexts;
}

export interface FoldBatchesOptions {
  competition: Pick<Competition, 'train' | 'test'>;
  rows: FoldRows;
  training: Pipeline['training'];
  /** Folder of the encoder's checkpoint. */
  model: string;
  /** Keeps token ids between trainings. */
  tokenCache?: string | undefined;
}

export async function foldBatches({
  competition: { train, test },
  rows,
  training,
  model,
  tokenCache: folder,
}: FoldBatchesOptions): Promise<FoldBatches> {
  const tokenizer = await Tokenizer.load(model);
  const { padId } = tokenizer;
  const encode = (texts: string[]) =>
    encodeOnce(tokenizer, texts, { model, maxLength: training.maxLength, folder });
  const tokens = { train: await encode(train.texts), test: await encode(test.texts) };
  const lengthsOf = (of: readonly Int32Array[]) => of.map(({ length }) => length);
  const trained = Float64Array.from(rows.train, (row) => tokens.train[row]!.length);
  const ofRows = (chosen: Int32Array) => Array.from(chosen, (row) => tokens.train[row]!);
  const valid = ofRows(rows.valid);
  const choosing = rows.choose ? ofRows(rows.choose) : valid;
  const predicted = [...(rows.choose ? [choosing] : []), valid, tokens.test].map(lengthsOf);
  const unpadded = canPackSequences() && worthUnpadding([...trained, ...predicted.flat()]);
  const plan = planBatches({ trained, predicted, training, unpadded });
  const predictedTexts = (of: readonly Int32Array[]) => ({
    tokens: of,
    padId,
    batches: plan.predict(lengthsOf(of)),
  });
  return {
    loader: (targets) => ({
      epoch: (epoch) => {
        const batches = plan.train(epoch);
        const batch = (index: number) => {
          const planned = batches[index]!;
          const chosen = planned.rows.map((row) => rows.train[row]!);
          const laidOut = textBatch({ ...planned, rows: chosen }, { tokens: tokens.train, padId, targets });
          return { ...laidOut, tokens: planned.rows.reduce((sum, row) => sum + trained[row]!, 0) };
        };
        return { steps: batches.length, batch };
      },
    }),
    choosing: predictedTexts(choosing),
    valid: predictedTexts(valid),
    test: predictedTexts(tokens.test),
  };
}
