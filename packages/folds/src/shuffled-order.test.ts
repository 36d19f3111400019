import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderBy } from './order-by.ts';
import { orderByWords } from './order-by-words.ts';
import { sha256Simd } from './sha256-simd.ts';
import { shuffledOrder } from './shuffled-order.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hex = (word: number): string => word.toString(16).padStart(8, '0');

describe('sha256Simd', () => {
  it('knows the digest of "abc" (FIPS 180-4, appendix B.1)', () => {
    const { high, low } = sha256Simd('', ['abc'])!;
    expect(hex(high[0]!) + hex(low[0]!)).toBe('ba7816bf8f01cfea');
  });

  it("agrees with Node's for texts of all lengths that fit, more than a chunk of them", () => {
    const texts = Array.from({ length: 2100 }, (_, i) => `${i}`.repeat(20).slice(0, i % 53));
    const { high, low } = sha256Simd('7:', texts)!;
    texts.forEach((text, i) => expect(hex(high[i]!) + hex(low[i]!)).toBe(sha256(`7:${text}`).slice(0, 16)));
  });

  it.each([['é'], ['x'.repeat(56)]])('leaves %j to others', (text) => {
    expect(sha256Simd('', ['a', text])).toBeUndefined();
  });
});

describe('shuffledOrder', () => {
  it.each([
    ['few ids', 100, ''],
    ['many ids', 12_000, ''],
    ['many ids that are not ASCII', 6000, 'é'],
  ])('sorts %s by the whole digest', (_, rows, end) => {
    const ids = Array.from({ length: rows }, (_, i) => `${i}${end}`);
    const digests = ids.map((id) => sha256(`3:${id}`));
    const expected = ids.map((_, row) => row).sort((a, b) => (digests[a]! < digests[b]! ? -1 : 1));
    expect([...shuffledOrder(ids, 3)]).toEqual(expected);
  });
});

describe('orderByWords', () => {
  it('asks where keys are equal', () => {
    const order = orderByWords(Uint32Array.of(5, 5, 2 ** 31, 5), Uint32Array.of(1, 0, 0, 1), (a, b) => a > b);
    expect([...order]).toEqual([1, 3, 0, 2]);
  });
});

describe('orderBy', () => {
  it.each([50, 5000])('sorts %d rows as a stable sort does', (rows) => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -3, max: 3 }),
    );
    fc.assert(
      fc.property(fc.array(number, { minLength: 20, maxLength: 20 }), (few) => {
        const values = Float64Array.from({ length: rows }, (_, i) => few[(i * 7) % 20]! * ((i % 3) - 1) + 0);
        const order = Int32Array.from(values, (_, i) => (i * 7919) % rows);
        const expected = [...order].sort((a, b) =>
          values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : 0,
        );
        expect([...orderBy(order, values.map((value) => value || 0))]).toEqual(expected); // prettier-ignore
      }),
      { numRuns: 5 },
    );
  });
});
