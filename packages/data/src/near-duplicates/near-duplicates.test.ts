import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearDuplicates } from './near-duplicates.ts';
import { mix } from './shingles.ts';

/** Sentences that are far from each other, of the competition that comes with Foldwise. */
const sentences = readFileSync(new URL('../../../../data/movie-sentiment/train.csv', import.meta.url), 'utf8')
  .split('\n')
  .map((line) =>
    line
      .split(',')
      .slice(1)
      .join(',')
      .replace(/["\d.-]/g, '')
      .trim(),
  )
  .filter((text) => text.length > 80)
  .slice(0, 400);

/** The definition, in plain words: sets of runs of five characters. */
function shingles(text: string): Set<string> {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  return new Set(Array.from({ length: Math.max(1, plain.length - 4) }, (_, i) => plain.slice(i, i + 5)));
}

function jaccard(x: Set<string>, y: Set<string>): number {
  let common = 0;
  for (const shingle of x) if (y.has(shingle)) common++;
  return common / (x.size + y.size - common);
}

const similarity = (a: string, b: string): number => jaccard(shingles(a), shingles(b));

/** Some words of a text exchanged, as many as `changes`. */
function changed(text: string, changes: number, seed: number): string {
  const words = text.split(' ');
  for (let i = 0; i < changes; i++) words[mix(seed * 31 + i) % words.length] = `w${mix(seed + i) % 1000}`;
  return words.join(' ');
}

function groupsByDefinition(texts: readonly string[], threshold: number): number[][] {
  const root = texts.map((_, row) => row);
  const sets = texts.map(shingles);
  sets.forEach((a, i) =>
    sets.slice(0, i).forEach((b, j) => {
      if (root[i] === root[j] || jaccard(a, b) < threshold) return;
      const [from, to] = [Math.max(root[i]!, root[j]!), Math.min(root[i]!, root[j]!)];
      root.forEach((r, k) => r === from && (root[k] = to));
    }),
  );
  return [...new Set(root)]
    .map((r) => root.flatMap((other, row) => (other === r ? [row] : [])))
    .filter((rows) => rows.length > 1);
}

describe('nearDuplicates', () => {
  it('finds texts that differ in case, spaces and punctuation', async () => {
    expect(
      await nearDuplicates([
        'It was good.',
        'bad',
        ' it  was GOOD!',
        'It was good',
        ' ',
        '',
        '😀',
        '😀!',
        '...',
        '?',
      ]),
    ).toEqual([
      [0, 2, 3],
      [6, 7],
    ]);
  });

  it.each([0.7, 0.8, 0.9])('finds what the definition finds, at a threshold of %d', async (threshold) => {
    const texts = sentences.slice(0, 120).flatMap((text, i) => [text, changed(text, i % 4, i)]);
    const groups = groupsByDefinition(texts, threshold);
    expect(groups.length).toBeGreaterThan(30);
    expect(await nearDuplicates(texts, { threshold })).toEqual(groups);
  });

  it('finds nearly all pairs that are little above the threshold', async () => {
    const pairs = sentences
      .flatMap((text, i) => [1, 2, 3].map((changes) => [text, changed(text, changes, i)] as const))
      .filter(([a, b]) => similarity(a, b) >= 0.8 && similarity(a, b) < 0.85);
    expect(pairs.length).toBeGreaterThan(50);
    const found = await Promise.all(pairs.map((pair) => nearDuplicates([...pair])));
    expect(found.filter((groups) => groups.length === 1).length).toBeGreaterThanOrEqual(0.99 * pairs.length);
  });

  it('gives the same groups in any order of the rows', async () => {
    const texts = sentences
      .slice(0, 40)
      .flatMap((text, i) => [text, changed(text, 1, i), text.toUpperCase()]);
    const named = async (rows: readonly number[]): Promise<string[]> => {
      const groups = await nearDuplicates(rows.map((row) => texts[row]!));
      return groups
        .map((group) =>
          group
            .map((i) => rows[i]!)
            .sort((a, b) => a - b)
            .join(),
        )
        .sort();
    };
    const rows = texts.map((_, row) => row);
    const expected = await named(rows);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
        expect(await named(shuffled)).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });

  it('refuses a threshold that it cannot keep', async () => {
    await expect(nearDuplicates(sentences, { threshold: 0.5 })).rejects.toThrow(
      'expected a threshold from 0.7 to 1, got 0.5',
    );
  });

  it('can be stopped', async () => {
    await expect(nearDuplicates(sentences, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });
});
