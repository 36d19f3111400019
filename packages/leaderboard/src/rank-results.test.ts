import { describe, expect, it } from 'vitest';
import { rankResults } from './rank-results.ts';
import type { RunResult } from './run-result.ts';

const run = (
  name: string,
  foldScores: number[],
  { head = 'mean', seed = 0, ...more }: Partial<RunResult> & { head?: string } = {},
): RunResult => ({
  name,
  kind: 'run',
  config: { name: 'tiny', head, training: { seed, lr: 1e-4, epochs: 3 } },
  seed,
  foldsHash: 'same',
  score: foldScores.reduce((sum, score) => sum + score, 0) / foldScores.length,
  foldScores,
  heldOutRatio: 1 / (foldScores.length - 1),
  ...more,
});

describe('rankResults', () => {
  it('ranks by score, and ties what noise may have done', () => {
    const results = [
      run('far', [1.5, 1.61, 1.52, 1.63, 1.54], { head: 'cls' }),
      run('near', [1.01, 1.09, 1.04, 1.02, 1.06], { head: 'max' }),
      run('best', [1, 1.1, 1.02, 1.03, 1.04]),
    ];
    const { groups, differing } = rankResults(results, { direction: 'lower' });
    expect(groups.map(({ name, rank, tied }) => ({ name, rank, tied }))).toEqual([
      { name: 'best', rank: 1, tied: true },
      { name: 'near', rank: 1, tied: true },
      { name: 'far', rank: 3, tied: false },
    ]);
    // Differences of 0.01, -0.01, 0.02, -0.01, 0.02: mean 0.006.
    expect(groups[1]!.behind!.difference).toBeCloseTo(0.006, 12);
    expect(groups[0]!.behind).toBeNull();
    expect(differing).toEqual(['head']);
    expect(groups.map(({ settings }) => settings['head'])).toEqual(['mean', 'max', 'cls']);
    // For a metric of which more is better, all is the other way round.
    const up = rankResults(results, { direction: 'higher' });
    expect(up.groups.map(({ name, rank }) => `${rank} ${name}`)).toEqual(['1 far', '2 near', '2 best']);
    expect(up.groups[1]!.behind!.difference).toBeGreaterThan(0);
  });

  it('puts runs that differ in the seed alone together, with errors over folds and seeds', () => {
    const { groups } = rankResults(
      [
        run('m-s1-aaaaaa', [1, 3], { seed: 1, seconds: 10, peakMemoryBytes: 5, public: 3 }),
        run('m-s0-bbbbbb', [2, 4], { seconds: 30, peakMemoryBytes: 7 }),
        run('c-s0-cccccc', [2, 4], { head: 'cls' }),
        run('m-s0-dddddd', [9, 9], { foldsHash: 'other' }),
      ],
      { direction: 'lower' },
    );
    const [first] = groups;
    expect(groups).toHaveLength(3);
    expect(first).toMatchObject({
      name: 'm',
      score: 2.5,
      seconds: 20,
      peakMemoryBytes: 7,
      public: 3,
      parameters: null,
    });
    expect(first!.runs.map(({ seed }) => seed)).toEqual([0, 1]);
    // Folds 1.5 and 3.5: sd √2, by √2; seeds 3 and 2: sd √½, by √2.
    expect(first!.foldsError).toBeCloseTo(1, 12);
    expect(first!.seedsError).toBeCloseTo(0.5, 12);
    expect(groups[1]).toMatchObject({ name: 'c-s0-cccccc', seedsError: null });
    // Other folds cannot be paired: no tie, and nobody is better for sure.
    expect(groups[2]).toMatchObject({ rank: 1, tied: false, behind: null });
  });

  it('takes ensembles, which have no configuration, and results without folds', () => {
    const ensemble = { ...run('ensemble', [], { score: 0.5 }), kind: 'ensemble' as const, config: {} };
    const { groups, differing } = rankResults([run('one', [1, 2]), ensemble], { direction: 'lower' });
    expect(groups.map(({ name, kind }) => [name, kind])).toEqual([
      ['ensemble', 'ensemble'],
      ['one', 'run'],
    ]);
    expect(groups[0]!.foldsError).toBeNull();
    expect(differing).toEqual([]);
  });

  it('tells how cross-validation agrees with the public leaderboard, from three scores on', () => {
    const scored = (scores: [number, number][]) =>
      scores.map(([score, board], i) => run(`r${i}`, [score, score], { head: `h${i}`, public: board }));
    const board = (scores: [number, number][]) =>
      rankResults(scored(scores), { direction: 'lower' }).agreement;
    expect(board([[1, 1], [2, 2]])).toBeUndefined(); // prettier-ignore
    // Ranks 1 2 3 4 and 1 3 2 4: Spearman 1 - 6 · 2 / (4 · 15), Kendall (5 - 1) / 6.
    const four = board([[1, 0.1], [2, 0.3], [3, 0.2], [4, 0.4]])!; // prettier-ignore
    expect(four.runs).toBe(4);
    expect(four.spearman).toBeCloseTo(0.8, 12);
    expect(four.kendall).toBeCloseTo(2 / 3, 12);
    expect(board([[1, 5], [2, 5], [3, 5]])).toMatchObject({ spearman: null, kendall: null }); // prettier-ignore
  });

  it('takes none', () => {
    expect(rankResults([], { direction: 'lower' })).toEqual({
      groups: [],
      differing: [],
      agreement: undefined,
    });
  });
});
