import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkspace, runFoldwise } from './workspace.ts';

const rmse = (truth: string, predictions: string): number => {
  const parse = (csv: string, column: number): Map<string, number> =>
    new Map(
      csv
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => [line.split(',')[0]!, Number(line.split(',')[column])]),
    );
  const predicted = parse(predictions, 1);
  const squares = [...parse(truth, 2)].map(([id, value]) => (value - predicted.get(id)!) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
};

describe('foldwise, from the data to the submission', () => {
  it('trains a fold, the others, and a blend, and writes submissions in the form of the sample', async () => {
    const root = await makeWorkspace();
    const fold = await runFoldwise(root, ['fold', '--fold', '1']);
    expect(fold.stdout).toMatch(/^tiny, fold 1 of 2: rmse \d/);
    expect(fold.stdout).toContain('Next: npx foldwise cv tiny for the other folds');
    expect(fold.code).toBe(0);

    const cv = await runFoldwise(root, ['cv', '--json']);
    expect(cv.code).toBe(0);
    expect(cv.stderr).toContain('Fold 1 is done already');
    const { folder, metrics } = JSON.parse(cv.stdout) as { folder: string; metrics: { score: number } };
    const read = (...path: string[]): Promise<string> => readFile(resolve(root, ...path), 'utf8');
    expect((await readdir(folder)).sort()).toEqual([
      'fold-0',
      'fold-1',
      'metrics.json',
      'oof.csv',
      'run.json',
      'submission.csv',
      'submission.json',
      'test.csv',
    ]);
    const train = await read('data/tiny/train.csv');
    expect(metrics.score).toBeCloseTo(rmse(train, await read(folder, 'oof.csv')), 10);
    expect(await read(folder, 'submission.csv')).toMatch(
      /^id,y\nt3,-?[\d.e-]+\nt1,-?[\d.e-]+\nt2,-?[\d.e-]+\n$/,
    );
    const [zero, one] = await Promise.all([0, 1].map((k) => read(folder, `fold-${k}`, 'test.csv')));
    const first = (csv: string): number => Number(csv.split('\n')[1]!.split(',')[1]);
    expect(first(await read(folder, 'test.csv'))).toBeCloseTo((first(zero!) + first(one!)) / 2, 12);

    expect((await runFoldwise(root, ['cv', '--head', 'cls', '--quiet'])).stderr).toBe('');
    const blend = await runFoldwise(root, ['ensemble', '--json']);
    const { members, metrics: blended } = JSON.parse(blend.stdout) as {
      members: object[];
      metrics: { score: number };
    };
    expect(members).toHaveLength(2);
    expect(blended.score).toBeCloseTo(rmse(train, await read('submissions/tiny/ensemble/oof.csv')), 10);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops on %s within seconds, and keeps the steps that are done', async (signal, expected) => {
    const root = await makeWorkspace();
    let sent = false;
    const { code, stdout, stderr } = await runFoldwise(
      root,
      ['fold', '--epochs', '100000'],
      (text, child) => {
        if (!sent && /epoch ([2-9]|\d\d+) of 100000/.test(text)) sent = child.kill(signal);
      },
    );
    expect(stderr).toMatch(
      /Stopped.*Kept in submissions.tiny.*: fold 0 up to (step \d+ of )?epoch ([2-9]|\d\d+)\. The same command goes on/,
    );
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    const [run] = await readdir(join(root, 'submissions', 'tiny'));
    expect(await readdir(join(root, 'submissions', 'tiny', run!))).toEqual(['.epochs-0', 'run.json']);
  });
});
