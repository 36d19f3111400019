import { startEngine, tf } from '@foldwise/tensorflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planBatches } from './plan-batches.ts';
import { predictor, type PredictTextsOptions, type Predictor } from './predict-texts.ts';
import { tinyModel } from '../testing/tiny-model.ts';

/** Texts of 3 to 20 tokens, in no order of length. */
const tokens = Array.from({ length: 11 }, (_, i) =>
  Int32Array.from({ length: 3 + ((i * 7) % 18) }, (_, j) => (j === 0 ? 2 : 5 + ((i * 13 + j * 5) % 90))),
);
const lengths = tokens.map(({ length }) => length);
const training = { batch: 4, predictBatch: 4, maxLength: 24, epochs: 1, seed: 0 };
const batchesOf = (unpadded: boolean) =>
  planBatches({ trained: [], predicted: [lengths], training, unpadded }).predict(lengths);
const options = { tokens, padId: 0, batches: batchesOf(true) };

let forward: Predictor;
let predict: (options: PredictTextsOptions) => Promise<Float64Array[]>;

beforeAll(async () => {
  await startEngine();
  const { model, output } = await tinyModel('multi-class', 3, { dropout: 0.5 });
  forward = predictor(model, output);
  predict = forward.predict;
});

afterAll(() => forward.dispose());

describe('predictor', () => {
  it.each([true, false])('gives every text what it gets alone, in order; unpadded: %s', async (unpadded) => {
    const together = await predict({ ...options, batches: batchesOf(unpadded) });
    expect(together.map((column) => column.length)).toEqual([11, 11, 11]);
    for (const [row, text] of tokens.entries()) {
      const batches = [{ rows: Int32Array.of(0), size: 1, length: text.length }];
      const alone = await predict({ padId: 0, tokens: [text], batches });
      alone.forEach((column, c) => expect(together[c]![row]).toBeCloseTo(column[0]!, 5));
    }
    // Or a mistaken order could go unseen.
    expect(new Set(Array.from(together[0]!, (p) => p.toFixed(4))).size).toBe(11);
  });

  it('gives probabilities that add up to 1, the same each time: dropout is for training', async () => {
    const first = await predict(options);
    tokens.forEach((_, row) =>
      expect(first.reduce((sum, column) => sum + column[row]!, 0)).toBeCloseTo(1, 6),
    );
    expect(await predict(options)).toEqual(first);
  });

  it('tells of each batch, stops where told to, and leaves no tensors', async () => {
    const before = tf.memory().numTensors;
    const told: number[][] = [];
    await predict({ ...options, onBatch: (...batch) => told.push(batch) });
    expect(told).toEqual([[0, 3], [1, 3], [2, 3]]); // prettier-ignore
    const stop = (batch: number) => {
      if (batch === 1) throw new Error('stop');
    };
    await expect(predict({ ...options, onBatch: stop })).rejects.toThrow('stop');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('predicts nothing for no texts', async () => {
    expect(await predict({ ...options, tokens: [], batches: [] })).toEqual(
      [0, 1, 2].map(() => new Float64Array(0)),
    );
  });
});
