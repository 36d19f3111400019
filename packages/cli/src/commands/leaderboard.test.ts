import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { describeBoard } from '../render/describe-board.ts';
import { enterWorkspace } from 'foldwise/testing/enter-workspace';
import { execute } from '../execute.ts';
import { UsageError } from 'foldwise/usage-error';

const before = process.cwd();
afterAll(() => process.chdir(before));

function run(name: string, scores: number[], change: { head?: string; seed?: number } = {}) {
  const folder = `submissions/tiny/${name}`;
  const { head = 'mean', seed = 0 } = change;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const config = { name: 'tiny', head, folds: { k: scores.length }, training: { seed, lr: 1e-4 } };
  return {
    [`${folder}/run.json`]: JSON.stringify({ kind: 'training', name, config, foldsHash: 'same' }),
    [`${folder}/metrics.json`]: JSON.stringify({
      metric: 'rmse',
      scores: { rmse: mean, mae: 1 / mean },
      folds: { rmse: { scores }, mae: { scores: scores.map((score) => 1 / score) } },
      seconds: 100,
    }),
    [`${folder}/fold-0/metrics.json`]: '{ "parameters": 22565761, "peakMemoryBytes": 1073741824 }',
  };
}

const workspace = {
  ...run('m-s0-aaaaaa', [1, 1.1, 1.02]),
  ...run('m-s1-bbbbbb', [1.02, 1.12, 1.04], { seed: 1 }),
  ...run('cls-s0-cccccc', [1.5, 1.61, 1.53], { head: 'cls' }),
  'submissions/tiny/m-s0-aaaaaa/submitted.json': JSON.stringify({
    submissions: [
      { sha256: 'now', public: 0.9 },
      { sha256: 'before', public: 0.1 },
    ],
  }),
  'submissions/tiny/m-s0-aaaaaa/submission.json': '{ "sha256": "now" }',
  'submissions/tiny/half/run.json': JSON.stringify({ kind: 'training', config: { folds: { k: 3 } } }),
  'submissions/tiny/half/fold-1/metrics.json': '{}',
};

describe('foldwise leaderboard', () => {
  it('ranks groups of seeds, and tells what differs, what is noise and what is missing', async () => {
    await enterWorkspace(workspace);
    const { text, json } = (await execute(['leaderboard']))!;
    // Folds of both seeds: 1.01, 1.11 and 1.03; seeds 1.04 and 1.06; differences 0.49, 0.5 and 0.5.
    expect(text.split('\n')).toEqual([
      'tiny: 3 runs by rmse, lower is better',
      ' #  run                 rmse  ± folds  ± seeds  behind      p  time  GiB  weights  public  differs in',
      '1   m × 2 seeds       1.0500   0.0306   0.0100                 1:40  1.0   22.6 M  0.9000  head mean',
      '      seed 0: aaaaaa  1.0400   0.0306                          1:40  1.0           0.9000',
      '      seed 1: bbbbbb  1.0600   0.0306                          1:40  1.0                –',
      '2   cls-s0-cccccc     1.5467   0.0328        –  0.4967  <.001  1:40  1.0   22.6 M       –  head cls',
      'm is better than the other by more than noise.',
      'Not ranked: half lacks fold 0, 2 of 3',
    ]);
    expect(json).toMatchObject({ metric: 'rmse', differing: ['head'], incomplete: [{ name: 'half' }] });
  });

  it('fits into 80 columns', async () => {
    await enterWorkspace(workspace);
    const { leaderboard } = await import('foldwise');
    const board = await leaderboard();
    for (const width of [60, 80, 120])
      for (const line of describeBoard(board, { ...board, width }).split('\n'))
        expect(line.length, line).toBeLessThanOrEqual(width);
    expect(describeBoard(board, { ...board, width: 60 })).toContain('\n     head cls\n');
  });

  it('ranks by another metric, and writes CSV', async () => {
    await enterWorkspace(workspace);
    const csv = (await execute(['leaderboard', '--metric', 'mae', '--csv', '-']))!.text.split('\n');
    expect(csv[0]).toMatch(/^rank,tied,group,group_score,.*,public,private,head$/);
    expect(csv.slice(1).map((line) => line.split(',')[9])).toEqual([
      'cls-s0-cccccc',
      'm-s0-aaaaaa',
      'm-s1-bbbbbb',
    ]);
    expect(csv[2]).toMatch(/,run,0,[\d.]+,100,1073741824,22565761,0.9,,mean$/);
    await execute(['leaderboard', '--csv', 'board.csv', '--metric', 'mae']);
    expect(await readFile('board.csv', 'utf8')).toBe(`${csv.join('\n')}\n`);
  });

  it('says what is wrong', async () => {
    await enterWorkspace();
    await expect(execute(['leaderboard'])).rejects.toThrow('train one with `npx foldwise cv tiny`');
    await expect(execute(['leaderboard', '--alpha', '2'])).rejects.toThrow(UsageError);
    await expect(execute(['leaderboard', '--metric', 'rmsee'])).rejects.toThrow('rmse');
    await enterWorkspace({ 'submissions/tiny/one/run.json': '{' });
    await expect(execute(['leaderboard'])).rejects.toThrow('one/run.json: not valid JSON');
  });
});
