import { startEngine, tf } from '@foldwise/tensorflow';
import { Batcher, Batches } from '@foldwise/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyModel } from '../testing/tiny-model.ts';
import { predictor, type Predictor } from './predictor.ts';

/** Texts of 3 to 20 tokens, in no order of length. */
const encodings = Array.from({ length: 11 }, (_, row) => {
  const id = (j: number) => (j === 0 ? 2 : 5 + ((row * 13 + j * 5) % 90));
  return { ids: Int32Array.from({ length: 3 + ((row * 7) % 18) }, (_, j) => id(j)), row };
});
const batchesOf = (packed: boolean) =>
  new Batcher({ padId: 0, packed, predict: { size: 4, sets: [encodings] } }).predict(encodings);
const batches = batchesOf(true);

let forward: Predictor;
let predict: Predictor['predict'];

beforeAll(async () => {
  await startEngine();
  const { model, output } = await tinyModel('multi-class', 3, { dropout: 0.5 });
  forward = predictor(model, output);
  predict = forward.predict;
});

afterAll(() => forward.dispose());

describe('predictor', () => {
  it.each([true, false])('gives every text what it gets alone, in order; packed: %s', async (packed) => {
    const together = await predict(batchesOf(packed));
    expect(together.map((column) => column.length)).toEqual([11, 11, 11]);
    for (const [row, encoding] of encodings.entries()) {
      const plan = { entries: Int32Array.of(0), size: 1, length: encoding.ids.length };
      const alone = await predict(new Batches([encoding], [plan], 0));
      alone.forEach((column, c) => expect(together[c]![row]).toBeCloseTo(column[0]!, 5));
    }
    // Or a mistaken order could go unseen.
    expect(new Set(Array.from(together[0]!, (p) => p.toFixed(4))).size).toBe(11);
  });

  it('gives probabilities that add up to 1, the same each time: dropout is for training', async () => {
    const first = await predict(batches);
    encodings.forEach((_, row) =>
      expect(first.reduce((sum, column) => sum + column[row]!, 0)).toBeCloseTo(1, 6),
    );
    expect(await predict(batches)).toEqual(first);
  });

  it('tells of each batch, stops where told to, and leaves no tensors', async () => {
    const before = tf.memory().numTensors;
    const told: number[][] = [];
    await predict(batches, (...batch) => told.push(batch));
    expect(told).toEqual([[0, 3], [1, 3], [2, 3]]); // prettier-ignore
    const stop = (batch: number) => {
      if (batch === 1) throw new Error('stop');
    };
    await expect(predict(batches, stop)).rejects.toThrow('stop');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('predicts nothing for no texts', async () => {
    expect(await predict(new Batches([], [], 0))).toEqual([0, 1, 2].map(() => new Float64Array(0)));
  });
});
