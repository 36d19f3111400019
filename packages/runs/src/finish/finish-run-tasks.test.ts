import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finishRun } from './finish-run.ts';
import { engine, fakeFit, makeRun } from '../testing/make-run.ts';
import type { Run } from '../run/run.ts';
import { trainRunFold } from '../fold/train-run-fold.ts';

const read = (run: Run, file: string): Promise<string> => readFile(join(run.folder, file), 'utf8');

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
