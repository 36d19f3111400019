import { describe, expect, it } from 'vitest';
import { unpaddedBatches } from './unpadded-batches.ts';

const lengths = Array.from({ length: 100 }, (_, i) => 3 + ((i * 7) % 18));

describe('unpaddedBatches', () => {
  it('takes every text once, in batches of one shape with little room left', () => {
    const batches = unpaddedBatches({ lengths, tokens: 400, compiled: [] });
    const rows = batches.flatMap((batch) => [...batch.rows]);
    expect(rows.sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
    // 1,146 tokens: three batches of 33 or 34 texts, 382 tokens each, in multiples of 8 texts and of 32 tokens.
    expect(batches.map(({ size, length, total }) => ({ size, length, total }))).toEqual(
      Array(3).fill({ size: 40, length: 20, total: 416 }),
    );
  });

  it('takes a shape again where the texts fit and little is wasted', () => {
    const shape = (compiled: { size: number; length: number; total: number }[]) => {
      const [{ size, length, total } = { size: 0, length: 0, total: 0 }] = unpaddedBatches({
        lengths,
        tokens: 400,
        compiled,
      });
      return { size, length, total };
    };
    const needed = { size: 40, length: 20, total: 416 };
    const roomy = { size: 44, length: 20, total: 448 };
    expect(shape([roomy])).toEqual(roomy);
    expect(shape([{ ...roomy, total: 800 }])).toEqual(needed);
    expect(shape([{ ...roomy, length: 16 }])).toEqual(needed);
    expect(shape([{ ...roomy, size: 32 }])).toEqual(needed);
    expect(shape([{ ...roomy, size: 90 }])).toEqual(needed);
  });

  it('gives a text of more tokens than a batch has its room', () => {
    const [batch, ...others] = unpaddedBatches({ lengths: [100, 2], tokens: 40, compiled: [] });
    expect(batch!.total).toBeGreaterThanOrEqual(100);
    expect([batch, ...others].flatMap((each) => [...each!.rows]).sort()).toEqual([0, 1]);
  });

  it('makes no batches of no texts', () => {
    expect(unpaddedBatches({ lengths: [], tokens: 40, compiled: [] })).toEqual([]);
  });
});
