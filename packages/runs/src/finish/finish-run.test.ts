import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PipelineConfig } from '@foldwise/data';
import { describe, expect, it } from 'vitest';
import type { FoldMetrics } from '../fold/fold-metrics.ts';
import { finishRun } from './finish-run.ts';
import { listRuns } from '../run/list-runs.ts';
import { engine, fakeFit, makeRun, regressionFiles } from '../testing/make-run.ts';
import { readRun } from '../run/read-run.ts';
import type { Run } from '../run/run.ts';
import { trainRunFold } from '../fold/train-run-fold.ts';

const read = (run: Run, file: string): Promise<string> => readFile(join(run.folder, file), 'utf8');

/** Fold 0 is off by 1 and 1, fold 1 by 2 and 4; the test predictions are 1, 2 and 3, 6. */
async function trained(): Promise<Run> {
  const run = await makeRun();
  await trainRunFold(run, 1, { fitFold: fakeFit([[0, 0, 5, 8]], [[3, 6]]), model: '', engine });
  await trainRunFold(run, 0, { fitFold: fakeFit([[2, 3, 0, 0]], [[1, 2]]), model: '', engine });
  return run;
}

describe('finishRun', () => {
  it('puts the folds together by the order of the train, test and sample rows', async () => {
    const run = await trained();
    await finishRun(run);
    expect(await read(run, 'oof.csv')).toBe('id,y\na,2\nb,3\nc,5\nd,8\n');
    expect(await read(run, 'test.csv')).toBe('id,y\nt1,2\nt2,4\n');
    expect(await read(run, 'submission.csv')).toBe('id,y\nt2,4\nt1,2\n');
  });

  it('scores all rows together, and says how the folds vary', async () => {
    const run = await trained();
    const metrics = await finishRun(run);
    expect(metrics).toMatchObject({ metric: 'rmse', direction: 'lower', rows: { train: 4, test: 2 } });
    expect(metrics.score).toBeCloseTo(Math.sqrt((1 + 1 + 4 + 16) / 4), 15);
    expect(metrics.scores['mae']).toBe(2);
    const { scores, mean, sd } = metrics.folds['mae']!;
    expect(scores).toEqual([1, 3]);
    expect(mean).toBe(2);
    expect(sd).toBeCloseTo(Math.SQRT2, 15);
    expect(JSON.parse(await read(run, 'metrics.json'))).toEqual(metrics);
  });

  it('puts folds together of which another version recorded fewer scores', async () => {
    const run = await trained();
    const path = join(run.folder, 'fold-1', 'metrics.json');
    const { scores, ...fold } = JSON.parse(await readFile(path, 'utf8')) as FoldMetrics;
    await writeFile(path, JSON.stringify({ ...fold, scores: { rmse: scores['rmse'], mae: scores['mae'] } }));
    expect(Object.keys((await finishRun(run)).folds)).toEqual(['rmse', 'mae']);
  });

  it('refuses a run with missing folds, naming them', async () => {
    const run = await makeRun();
    await trainRunFold(run, 1, { fitFold: fakeFit([[1, 1, 1, 1]], [[1, 1]]), model: '', engine });
    await expect(finishRun(run)).rejects.toThrow('fold 0 of 2 is not trained yet');
  });

  it.each([
    ['lacks a row', 'id,y\nc,5\n', 'expected 2 rows, got 1'],
    ['has the row of another fold', 'id,y\nc,5\na,8\n', 'the row "d" is missing'],
    ['has a row twice', 'id,y\nc,5\nc,8\n', 'fold-1/oof.csv:3: the id "c" is already on line 2'],
    ['holds no number', 'id,y\nc,5\nd,NaN\n', 'fold-1/oof.csv:3, column "y": expected a number, got "NaN"'],
  ])('refuses a fold whose file %s', async (_, csv, message) => {
    const run = await trained();
    await writeFile(join(run.folder, 'fold-1', 'oof.csv'), csv);
    await expect(finishRun(run)).rejects.toThrow(message);
    expect(existsSync(join(run.folder, 'metrics.json'))).toBe(false);
  });
});

describe('finishRun, of folds that do not hold out every row once', () => {
  const files = {
    ...regressionFiles,
    'train.csv':
      'id,text,y,author,when,part\na,one,1,x,2024-01-04,0\nb,two,2,y,2024-01-01,-1\nc,three,3,x,2024-01-03,-1\nd,four,4,z,2024-01-02,0\n',
  };
  /** Predicts the fold's number; the rows that it saw are in `seen`. */
  const train = async (folds: NonNullable<PipelineConfig['folds']>) => {
    const run = await makeRun({ files, pipeline: { folds } });
    const seen: { train: string; valid: string; choose: string }[] = [];
    const names = (rows: Int32Array | undefined) => Array.from(rows ?? [], (row) => 'abcd'[row]!).join('');
    for (let fold = 0; fold < run.split.count; fold++) {
      const fit = fakeFit([[fold, fold, fold, fold]], [[fold, 10 * fold]]);
      const fitFold: typeof fit = (options) => {
        const { train, valid, choose } = options.rows;
        seen.push({ train: names(train), valid: names(valid), choose: names(choose) });
        return fit(options);
      };
      await trainRunFold(run, fold, { fitFold, model: '', engine });
    }
    return { run, seen, metrics: await finishRun(run) };
  };

  it('scores the held-out rows of a column', async () => {
    const { run, seen, metrics } = await train({ kind: 'column', column: 'part' });
    expect(seen).toEqual([{ train: 'bc', valid: 'ad', choose: '' }]);
    expect(await read(run, 'oof.csv')).toBe('id,y\na,0\nd,0\n');
    expect(metrics.rows).toEqual({ train: 4, oof: 2, test: 2 });
    expect(metrics.score).toBeCloseTo(Math.sqrt((1 + 16) / 2), 12);
    expect((await listRuns(dirname(dirname(run.folder)), 'tiny'))[0]).toMatchObject({ folds: 1, done: [0] });
    expect((await readRun(run.folder)).oof.ids).toEqual(['a', 'd']);
  });

  it('trains on the past only in a time series', async () => {
    const { run, seen, metrics } = await train({ kind: 'time-series', time: 'when', k: 2 });
    expect(seen).toEqual([
      { train: 'bd', valid: 'c', choose: '' },
      { train: 'bcd', valid: 'a', choose: '' },
    ]);
    expect(await read(run, 'oof.csv')).toBe('id,y\na,1\nc,0\n');
    expect(await read(run, 'test.csv')).toBe('id,y\nt1,0.5\nt2,5\n');
    expect(metrics.folds['mae']!.scores).toEqual([3, 0]);
  });

  it('leaves out one group after the other', async () => {
    const { seen, metrics } = await train({ kind: 'leave-one-group-out', group: 'author' });
    expect(seen.map(({ train, valid }) => `${train}|${valid}`)).toEqual(['bd|ac', 'acd|b', 'abc|d']);
    expect(metrics.rows).toEqual({ train: 4, test: 2 });
  });

  it('averages the predictions of repeats, here of folds r and 2 + r', async () => {
    const { run, seen } = await train({ k: 2, repeats: 2 });
    const folds = (row: string) => seen.flatMap(({ valid }, fold) => (valid.includes(row) ? [fold] : []));
    const means = ['a', 'b', 'c', 'd'].map((row) => {
      expect(folds(row)).toHaveLength(2);
      return `${row},${folds(row).reduce((sum, fold) => sum + fold / 2, 0)}\n`;
    });
    expect(await read(run, 'oof.csv')).toBe(`id,y\n${means.join('')}`);
  });

  it('lets inner folds choose the epoch, so that held-out rows do not', async () => {
    const { run, seen } = await train({ k: 2, inner: 2 });
    expect(seen).toHaveLength(4);
    for (const { train, valid, choose } of seen)
      expect(Array.from(train + valid + choose).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(seen[0]!.valid).toBe(seen[1]!.valid);
    expect(seen[0]!.choose).not.toBe(seen[1]!.choose);
    // Folds 0 and 1 predict 0.5 on average, folds 2 and 3 predict 2.5.
    expect(await read(run, 'oof.csv')).toBe(
      `id,y\n${['a', 'b', 'c', 'd'].map((row) => `${row},${seen[0]!.valid.includes(row) ? 0.5 : 2.5}\n`).join('')}`,
    );
  });
});
