/** The batches that a fold's texts are trained and predicted in. */
import type { Competition, Pipeline } from '@foldwise/data';
import type { FoldRows } from '@foldwise/folds';
import { canPackSequences } from '@foldwise/tensorflow';
import { Batcher, Tokenizer, type Batches, type Encoding } from '@foldwise/tokens';
import { encodeOnce } from '../batches/encode-once.ts';
import { labelledBatch, type LabelledBatch } from '../batches/labelled-batch.ts';
import type { Loader } from '../trainer/trainer.ts';

export interface FoldBatches {
  /** @param targets [columns][train rows], as the model learns them */
  loader: (targets: readonly Float64Array[]) => Loader<LabelledBatch & { tokens: number }>;
  /** The rows that choose an epoch, those that are held out (where others choose, else the same), and the test rows. */
  choosing: Batches;
  valid: Batches;
  test: Batches;
}

export interface FoldBatchesOptions {
  competition: Pick<Competition, 'train' | 'test'>;
  rows: FoldRows;
  training: Pipeline['training'];
  /** Folder of the encoder's checkpoint. */
  model: string;
  /** Keeps encodings between trainings. */
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
  const encode = (texts: string[][]) =>
    encodeOnce(tokenizer, texts, { model, maxLength: training.maxLength, folder });
  const encoded = { train: await encode(train.texts), test: await encode(test.texts) };
  const ofRows = (chosen: Int32Array): Encoding[] => Array.from(chosen, (row) => encoded.train[row]!);
  const [trained, valid] = [ofRows(rows.train), ofRows(rows.valid)];
  const choosing = rows.choose ? ofRows(rows.choose) : valid;
  const { batch: size, predictBatch, epochs, seed } = training;
  const batcher = new Batcher({
    padId: tokenizer.padId,
    packed: canPackSequences(),
    train: { encodings: trained, size, epochs, seed },
    predict: { size: predictBatch, sets: [...(rows.choose ? [choosing] : []), valid, encoded.test] },
  });
  return {
    loader: (targets) => ({
      epoch: (epoch) => {
        const batches = batcher.train(epoch);
        const batch = (index: number) => {
          const made = batches.at(index);
          const tokens = made.entries.reduce((sum, entry) => sum + trained[entry]!.ids.length, 0);
          return { ...labelledBatch(made, targets), tokens };
        };
        return { steps: batches.count, batch };
      },
    }),
    choosing: batcher.predict(choosing),
    valid: batcher.predict(valid),
    test: batcher.predict(encoded.test),
  };
}
