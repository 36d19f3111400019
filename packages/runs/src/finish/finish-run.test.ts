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

describe('finishRun, multi-class', () => {
  const files = (sample: string) => ({
    'train.csv': 'id,text,y\na,one,x\nb,two,id\nc,three,id\nd,four,x\n',
    'test.csv': 'id,text\nt1,five\nt2,six\n',
    'sample.csv': sample,
  });
  const manifest = { task: 'multi-class', metric: 'accuracy' };
  // Columns: the classes in order, "id" and "x".
  const fitFold = fakeFit(
    [
      [0.1, 0.7, 0.4, 0.2],
      [0.9, 0.3, 0.6, 0.8],
    ],
    [
      [0.3, 0.9],
      [0.7, 0.1],
    ],
  );

  it('submits the most probable class where the sample has the target', async () => {
    const run = await makeRun({ files: files('id,y\nt2,x\nt1,x\n'), manifest });
    for (const fold of [0, 1]) await trainRunFold(run, fold, { fitFold, model: '', engine });
    const metrics = await finishRun(run);
    expect(metrics.score).toBe(0.75); // row c is taken for x
    expect(metrics.scores['log-loss']).toBeCloseTo(-Math.log(0.9 * 0.7 * 0.4 * 0.8) / 4, 12);
    expect(await read(run, 'oof.csv')).toBe('id,y=id,y=x\na,0.1,0.9\nb,0.7,0.3\nc,0.4,0.6\nd,0.2,0.8\n');
    expect(await read(run, 'submission.csv')).toBe('id,y\nt2,id\nt1,x\n');
  });

  it('submits probabilities where the sample has the classes', async () => {
    const labels = files('key,x,z\nt2,0,0\nt1,0,0\n');
    const withKeys = {
      'train.csv': labels['train.csv'].replace('id,', 'key,').replaceAll(',id', ',z'),
      'test.csv': labels['test.csv'].replace('id,', 'key,'),
      'sample.csv': labels['sample.csv'],
    };
    const columns = { id: 'key', text: 'text', target: 'y' };
    const run = await makeRun({ files: withKeys, manifest: { ...manifest, columns } });
    for (const fold of [0, 1]) await trainRunFold(run, fold, { fitFold, model: '', engine });
    await finishRun(run);
    // Classes in order: "x", "z"; the sample's rows and columns.
    expect(await read(run, 'submission.csv')).toBe('key,x,z\nt2,0.9,0.1\nt1,0.3,0.7\n');
  });
});

describe('finishRun, ordinal', () => {
  const files = (sample: string) => ({
    'train.csv': 'id,text,y\na,one,low\nb,two,high\nc,three,mid\nd,four,low\n',
    'test.csv': 'id,text\nt1,five\nt2,six\n',
    'sample.csv': sample,
  });
  const manifest = { task: 'ordinal', metric: 'qwk', classes: ['low', 'mid', 'high'] };
  // The medians of the rows are low, high, mid and mid, though "low" is the most probable for c.
  const oof = [
    [0.8, 0.1, 0.4, 0.3],
    [0.1, 0.2, 0.3, 0.5],
    [0.1, 0.7, 0.3, 0.2],
  ];
  const fitFold = fakeFit(oof, [[0.4, 0.1], [0.25, 0.2], [0.35, 0.7]]); // prettier-ignore

  it('scores by the index of the median class, and submits its name', async () => {
    const run = await makeRun({ files: files('id,y\nt2,low\nt1,low\n'), manifest });
    for (const fold of [0, 1]) await trainRunFold(run, fold, { fitFold, model: '', engine });
    const metrics = await finishRun(run);
    // Truth 0, 2, 1, 0 and predictions 0, 2, 1, 1: their squares are 2.75 and 2, their means a quarter apart.
    expect(metrics.score).toBeCloseTo(1 - 1 / (2.75 + 2 + 4 / 16), 12);
    expect(metrics.scores['mae']).toBe(0.25);
    expect(metrics.scores['rmse']).toBe(0.5);
    expect(metrics.scores['accuracy']).toBe(0.75);
    expect(metrics.scores['log-loss']).toBeCloseTo(-Math.log(0.8 * 0.7 * 0.3 * 0.3) / 4, 12);
    expect(await read(run, 'oof.csv')).toMatch(/^id,y=low,y=mid,y=high\na,0.8,0.1,0.1\nb,0.1,0.2,0.7\n/);
    expect(await read(run, 'submission.csv')).toBe('id,y\nt2,high\nt1,mid\n');
  });

  it('submits probabilities where the sample has the classes', async () => {
    const run = await makeRun({ files: files('id,high,low,mid\nt1,0,0,0\nt2,0,0,0\n'), manifest });
    for (const fold of [0, 1]) await trainRunFold(run, fold, { fitFold, model: '', engine });
    await finishRun(run);
    expect(await read(run, 'submission.csv')).toBe('id,high,low,mid\nt1,0.35,0.4,0.25\nt2,0.7,0.1,0.2\n');
  });
});

describe('finishRun, binary', () => {
  const files = {
    'train.csv': 'id,text,y\na,one,1\nb,two,0\nc,three,0\nd,four,1\n',
    'test.csv': 'id,text\nt1,five\nt2,six\n',
    'sample.csv': 'id,y\nt1,0\nt2,0\n',
  };
  const fitFold = fakeFit([[0.9, 0.2, 0.6, 0.7]], [[0.25, 0.75]]);

  it.each([
    ['roc-auc', 1, 'id,y\nt1,0.25\nt2,0.75\n'],
    ['accuracy', 0.75, 'id,y\nt1,0\nt2,1\n'],
  ])('submits what %s takes', async (metric, score, submission) => {
    const run = await makeRun({ files, manifest: { task: 'binary', metric } });
    for (const fold of [0, 1]) await trainRunFold(run, fold, { fitFold, model: '', engine });
    expect((await finishRun(run)).score).toBe(score);
    expect(await read(run, 'submission.csv')).toBe(submission);
  });
});

describe('finishRun, named classes', () => {
  const files = (sample: string) => ({
    'train.csv': 'id,text,y\na,one,spam\nb,two,ham\nc,three,ham\nd,four,spam\n',
    'test.csv': 'id,text\nt1,five\nt2,six\n',
    'sample.csv': sample,
  });
  const manifest = { task: 'binary', classes: ['ham', 'spam'] };
  const fitFold = fakeFit([[0.9, 0.2, 0.6, 0.7]], [[0.25, 0.75]]);

  it.each([
    ['accuracy', 'id,y\nt1,ham\nt2,ham\n', 'id,y\nt1,ham\nt2,spam\n'],
    ['roc-auc', 'id,y\nt1,ham\nt2,ham\n', 'id,y\nt1,ham\nt2,spam\n'],
    ['roc-auc', 'id,y\nt1,0\nt2,0\n', 'id,y\nt1,0.25\nt2,0.75\n'],
    ['accuracy', 'id,y\nt1,0\nt2,0\n', 'id,y\nt1,0\nt2,1\n'],
    ['accuracy', 'spam,id,ham\n0,t1,0\n0,t2,0\n', 'spam,id,ham\n0.25,t1,0.75\n0.75,t2,0.25\n'],
  ])('submits, with %s and the sample %j', async (metric, sample, submission) => {
    const run = await makeRun({ files: files(sample), manifest: { ...manifest, metric } });
    for (const fold of [0, 1]) await trainRunFold(run, fold, { fitFold, model: '', engine });
    await finishRun(run);
    expect(await read(run, 'submission.csv')).toBe(submission);
  });

  it('submits under the sample’s own names of the columns', async () => {
    const run = await makeRun({
      files: files('id,prediction\nt1,0\nt2,0\n'),
      manifest: { ...manifest, metric: 'roc-auc', submission: { prediction: 'y' } },
    });
    for (const fold of [0, 1]) await trainRunFold(run, fold, { fitFold, model: '', engine });
    await finishRun(run);
    expect(await read(run, 'submission.csv')).toBe('id,prediction\nt1,0.25\nt2,0.75\n');
  });
});

describe('finishRun, a column for each class', () => {
  it('submits the probabilities of the classes that are columns', async () => {
    const files = {
      'train.csv': 'id,text,p,q\na,one,1,0\nb,two,0,1\nc,three,0,1\nd,four,1,0\n',
      'test.csv': 'id,text\nt1,five\nt2,six\n',
      'sample.csv': 'id,q,p\nt1,0,0\nt2,0,0\n',
    };
    const columns = { id: 'id', text: 'text', target: ['p', 'q'] };
    const run = await makeRun({ files, manifest: { task: 'multi-class', metric: 'accuracy', columns } });
    const fitFold = fakeFit([[0.9, 0.2, 0.6, 0.7], [0.1, 0.8, 0.4, 0.3]], [[0.25, 0.75], [0.75, 0.25]]); // prettier-ignore
    for (const fold of [0, 1]) await trainRunFold(run, fold, { fitFold, model: '', engine });
    expect((await finishRun(run)).score).toBe(0.75); // row c is taken for p
    expect(await read(run, 'oof.csv')).toMatch(/^id,p,q\na,0.9,0.1\n/);
    expect(await read(run, 'submission.csv')).toBe('id,q,p\nt1,0.75,0.25\nt2,0.25,0.75\n');
  });
});

describe('listRuns and readRun', () => {
  it('find the runs of a pipeline, and how far they are', async () => {
    const run = await makeRun();
    const submissions = dirname(dirname(run.folder));
    expect(await listRuns(submissions, 'tiny')).toEqual([]);
    await trainRunFold(run, 1, { fitFold: fakeFit([[1, 1, 3, 4]], [[1, 1]]), model: '', engine });
    expect(await listRuns(submissions, 'tiny')).toMatchObject([
      { name: run.name, done: [1], metrics: undefined },
    ]);
    await expect(readRun(run.folder)).rejects.toThrow(`the run ${run.name} is not complete`);
    await trainRunFold(run, 0, { fitFold: fakeFit([[1, 2, 0, 0]], [[3, 3]]), model: '', engine });
    await finishRun(run);
    expect(await listRuns(submissions, 'tiny')).toMatchObject([{ done: [0, 1], metrics: { score: 0 } }]);
    const { oof, test } = await readRun(run.folder);
    expect(oof).toEqual({ ids: ['a', 'b', 'c', 'd'], columns: ['y'], values: [Float64Array.of(1, 2, 3, 4)] });
    expect(test.values).toEqual([Float64Array.of(2, 2)]);
  });
});
