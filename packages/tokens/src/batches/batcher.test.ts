import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Batches } from './batch.ts';
import { Batcher } from './batcher.ts';

/**
 * The batches of Foldwise 0.1, whose trainings and predictions have to stay as they are: "size length total: entries", with
 * a total of 0 where they are padded.
 */
const reference = JSON.parse(
  await readFile(join(import.meta.dirname, '../../fixtures/batches.json'), 'utf8'),
) as {
  folds: {
    trained: number;
    predicted: number[];
    seeds: number;
    training: { batch: number; predictBatch: number; epochs: number; seed: number };
    plans: { packed: boolean; train: string[][]; predict: string[][] }[];
  }[];
  streams: { packed: boolean; tokens: number; calls: { count: number; seed: number; batches: string[] }[] }[];
};

/** Of 5 to 128 tokens, some cut, by a linear congruential generator. */
function encodingsOf(count: number, seed: number) {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return Array.from({ length: count }, (_, row) => {
    const length = Math.min(128, 5 + Math.floor(-28 * Math.log(1 - next())));
    return { ids: new Int32Array(length), row };
  });
}

const shown = (batches: Batches) =>
  Array.from(
    batches,
    ({ size, length, total = 0, entries }) => `${size} ${length} ${total}: ${entries.join(' ')}`,
  );

describe('Batcher', () => {
  it.each(reference.folds)('makes the batches of before, of $trained texts', (fold) => {
    const { batch, predictBatch, epochs, seed } = fold.training;
    const encodings = encodingsOf(fold.trained, fold.seeds);
    const sets = fold.predicted.map((count, i) => encodingsOf(count, 10 * fold.seeds + i));
    for (const { packed, train, predict } of fold.plans) {
      const batcher = new Batcher({
        padId: 0,
        packed,
        train: { encodings, size: batch, epochs, seed },
        predict: { size: predictBatch, sets },
      });
      expect(train).toHaveLength(epochs);
      train.forEach((batches, i) => expect(shown(batcher.train(i + 1))).toEqual(batches));
      sets.forEach((set, i) => expect(shown(batcher.predict(set))).toEqual(predict[i]));
    }
  });

  it.each(reference.streams)('makes the batches of before, of a stream; packed: $packed', (stream) => {
    const { packed, tokens, calls } = stream;
    const batcher = new Batcher({ padId: 0, packed, predict: { tokens } });
    for (const { count, seed, batches } of calls) {
      const made = batcher.predict(encodingsOf(count, seed));
      expect(shown(made)).toEqual(batches);
      batcher.keepShapes(made);
    }
  });

  it('pads where a long encoding among short ones would make heads run over padding', () => {
    const encodings = [...Array<number>(9).fill(1), 14].map((n, row) => ({ ids: new Int32Array(n), row }));
    for (const predict of [{ tokens: 64 }, { size: 4, sets: [encodings] }]) {
      const [batch] = new Batcher({ padId: 0, packed: true, predict }).predict(encodings);
      expect(batch!.total).toBeUndefined();
    }
  });

  it('takes several encodings of a row, and tells the row of each', () => {
    const encodings = [3, 3, 8].map((row, i) => ({ ids: Int32Array.of(i, i), row }));
    const train = { encodings, size: 2, epochs: 1, seed: 0 };
    const batcher = new Batcher({ padId: 9, packed: false, train, predict: { size: 3, sets: [] } });
    const batches = [...batcher.train(1)];
    expect(batches.flatMap(({ entries }) => [...entries]).sort()).toEqual([0, 1, 2]);
    for (const { entries, rows } of batches)
      expect([...rows]).toEqual(Array.from(entries, (entry) => [3, 3, 8][entry]));
  });
});
