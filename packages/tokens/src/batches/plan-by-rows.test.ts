import { describe, expect, it } from 'vitest';
import { planByRows } from './plan-by-rows.ts';

const encodingsOf = (lengths: readonly number[]) =>
  lengths.map((length, row) => ({ ids: new Int32Array(length), row }));
const trained = Array.from({ length: 50 }, (_, i) => 1 + ((i * 7) % 33));
const predicted = [Array.from({ length: 13 }, (_, i) => 2 + i), [40, 1, 1]];
const sets = predicted.map(encodingsOf);
const planOf = (packed: boolean) =>
  planByRows({
    train: { encodings: encodingsOf(trained), size: 4, epochs: 3, seed: 5 },
    predict: { size: 6, sets },
    packed,
  });

const sum = (entries: Int32Array, lengths: readonly number[]) =>
  entries.reduce((tokens, entry) => tokens + lengths[entry]!, 0);

describe('planByRows', () => {
  it.each([true, false])('takes every encoding once, in batches that hold them; packed: %s', (packed) => {
    const plan = planOf(packed);
    const cases = [
      { batches: plan.train(1), lengths: trained, size: 4 },
      { batches: plan.train(3), lengths: trained, size: 4 },
      ...predicted.map((lengths, i) => ({ batches: plan.predict(sets[i]!), lengths, size: 6 })),
    ];
    for (const { batches, lengths, size } of cases) {
      const entries = batches.flatMap((batch) => [...batch.entries]);
      expect(entries.sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
      for (const batch of batches) {
        expect(batch.size).toBe(size);
        expect(batch.entries.length).toBeLessThanOrEqual(size);
        expect(Math.max(...Array.from(batch.entries, (entry) => lengths[entry]!))).toBeLessThanOrEqual(
          batch.length,
        );
        expect(batch.total !== undefined).toBe(packed);
        // One token of each that fills up.
        if (packed)
          expect(sum(batch.entries, lengths) + size - batch.entries.length).toBeLessThanOrEqual(batch.total!);
      }
    }
    expect(plan.train(1)).not.toEqual(plan.train(2));
    expect(plan.train(2)).toEqual(plan.train(2));
  });

  it('needs one shape for training and one for predictions where encodings are packed', () => {
    const plan = planOf(true);
    const shapes = (epochs: number[]) =>
      new Set(epochs.flatMap(plan.train).map(({ size, length, total }) => [size, length, total].join()));
    // 850 tokens in 13 batches, two of them of 3 rows: 66 on average, with the tokens that fill up.
    expect([...shapes([1, 2, 3])]).toHaveLength(1);
    expect(plan.train(1)[0]!.total!).toBeLessThan(80);
    expect(plan.train(1)[0]!.length).toBe(33);
    const [first, second] = sets.map((set) => plan.predict(set)[0]!);
    expect(first).toMatchObject({ size: 6, length: 40 });
    expect(second!.total).toBe(first!.total);
  });

  it('pads to twenty lengths at most otherwise', () => {
    const plan = planOf(false);
    const lengths = new Set([1, 2, 3].flatMap(plan.train).map(({ length }) => length));
    expect(lengths.size).toBeLessThanOrEqual(20);
    expect(plan.predict(sets[1]!)[0]!.length).toBe(40);
  });

  it('refuses a set that is longer than those it was planned for', () => {
    expect(() => planOf(false).predict(encodingsOf([41]))).toThrow(
      'An encoding of 41 tokens is longer than 40, the longest to pad to',
    );
  });
});
