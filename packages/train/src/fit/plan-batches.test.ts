import { describe, expect, it } from 'vitest';
import { planBatches } from './plan-batches.ts';

const training = { batch: 4, predictBatch: 6, maxLength: 40, epochs: 3, seed: 5 };
const trained = Array.from({ length: 50 }, (_, i) => 1 + ((i * 7) % 33));
const predicted = [Array.from({ length: 13 }, (_, i) => 2 + i), [40, 1, 1]];

const sum = (rows: Int32Array, lengths: readonly number[]) =>
  rows.reduce((tokens, row) => tokens + lengths[row]!, 0);

describe('planBatches', () => {
  it.each([true, false])('takes every row once, in batches that hold them; unpadded: %s', (unpadded) => {
    const plan = planBatches({ trained, predicted, training, unpadded });
    const cases = [
      { batches: plan.train(1), lengths: trained, size: 4 },
      { batches: plan.train(3), lengths: trained, size: 4 },
      ...predicted.map((lengths) => ({ batches: plan.predict(lengths), lengths, size: 6 })),
    ];
    for (const { batches, lengths, size } of cases) {
      const rows = batches.flatMap((batch) => [...batch.rows]);
      expect(rows.sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
      for (const batch of batches) {
        expect(batch.size).toBe(size);
        expect(batch.rows.length).toBeLessThanOrEqual(size);
        expect(Math.max(...Array.from(batch.rows, (row) => lengths[row]!))).toBeLessThanOrEqual(batch.length);
        expect(batch.total !== undefined).toBe(unpadded);
        // One token of each text that fills up.
        if (unpadded)
          expect(sum(batch.rows, lengths) + size - batch.rows.length).toBeLessThanOrEqual(batch.total!);
      }
    }
    expect(plan.train(1)).not.toEqual(plan.train(2));
    expect(plan.train(2)).toEqual(plan.train(2));
  });

  it('needs one shape for training and one for predictions without padding', () => {
    const plan = planBatches({ trained, predicted, training, unpadded: true });
    const shapes = (epochs: number[]) =>
      new Set(epochs.flatMap(plan.train).map(({ size, length, total }) => `${size} ${length} ${total}`));
    // 850 tokens in 13 batches, two of them of 3 rows: 66 on average, with the tokens that fill up.
    expect([...shapes([1, 2, 3])]).toHaveLength(1);
    expect(plan.train(1)[0]!.total!).toBeLessThan(80);
    expect(plan.train(1)[0]!.length).toBe(33);
    const [first, second] = predicted.map((lengths) => plan.predict(lengths)[0]!);
    expect(first).toMatchObject({ size: 6, length: 40 });
    expect(second!.total).toBe(first!.total);
  });

  it('pads to twenty lengths at most otherwise', () => {
    const plan = planBatches({ trained, predicted, training, unpadded: false });
    const lengths = new Set([1, 2, 3].flatMap(plan.train).map(({ length }) => length));
    expect(lengths.size).toBeLessThanOrEqual(20);
    expect(plan.predict(predicted[1]!)[0]!.length).toBe(40);
  });
});
