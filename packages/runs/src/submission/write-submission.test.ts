import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finishRun } from '../finish/finish-run.ts';
import { engine, fakeFit, makeRun, regressionFiles } from '../testing/make-run.ts';
import { trainRunFold } from '../fold/train-run-fold.ts';
import { prepareSubmission } from './write-submission.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const probabilities = { takes: 'probabilities' } as const;

describe('finishRun, its submission', () => {
  it('has a manifest of all that made it', async () => {
    const run = await makeRun({
      files: { ...regressionFiles, 'sample.csv': '"id","y"\r\n"t2",0.00\r\n"t1",0.00\r\n' },
    });
    const fitFold = fakeFit([[1, 2, 3, 4]], [[1.5, 7]]);
    for (const fold of [0, 1]) await trainRunFold(run, fold, { fitFold, model: '', engine });
    await finishRun(run);
    const csv = await readFile(join(run.folder, 'submission.csv'), 'utf8');
    expect(csv).toBe('"id","y"\r\n"t2",7.00\r\n"t1",1.50\r\n');
    const hashes = { oof: sha256('id,y\nc,3\nd,4\n'), test: sha256('id,y\nt1,1.5\nt2,7\n') };
    expect(JSON.parse(await readFile(join(run.folder, 'submission.json'), 'utf8'))).toMatchObject({
      format: 1,
      name: run.name,
      pipeline: 'tiny',
      competition: 'tiny',
      runs: [
        {
          name: run.name,
          config: { head: 'mean', folds: { k: 2 } },
          configHash: run.configHash,
          foldsHash: run.foldsHash,
          engine,
          code: { version: '0.1.0' },
          folds: [{ oof: sha256('id,y\na,1\nb,2\n'), test: hashes.test }, hashes],
        },
      ],
      score: { metric: 'rmse', value: 0 },
      data: { test: sha256(regressionFiles['test.csv']) },
      rows: 2,
      sha256: sha256(csv),
      warnings: [`1 of 2 rows of "y" are beyond the train rows' 1 to 4, the farthest at 7`],
    });
  });

  it('stops before anything is written, naming row and column', async () => {
    const run = await makeRun({
      files: { ...regressionFiles, 'train.csv': 'id,text,y\na,one,1\nb,two,0\nc,three,1\nd,four,0\n' },
      manifest: { task: 'binary', metric: 'roc-auc' },
    });
    const fitFold = fakeFit([[0.9, 0.2, 0.6, 0.7]], [[0.5, 1.25]]);
    for (const fold of [0, 1]) await trainRunFold(run, fold, { fitFold, model: '', engine });
    await expect(finishRun(run)).rejects.toThrow(
      `${run.name}: the submission cannot be written\nrow "t2", column "y": expected a probability from 0 to 1, got 1.25`,
    );
    expect((await readdir(run.folder)).sort()).toEqual(['fold-0', 'fold-1', 'run.json']);
  });
});

describe('prepareSubmission', () => {
  it.each([NaN, Infinity, -Infinity])('refuses %d', async (value) => {
    const { competition } = await makeRun();
    const test = { ids: ['t1', 't2'], columns: ['y'], values: [Float64Array.of(value, 1)] };
    expect(() => prepareSubmission(competition, { takes: 'numbers' }, test, 'blend')).toThrow(
      `row "t1", column "y": expected a finite number, got ${value}`,
    );
  });

  it('tells the first five of many, and how many more there are', async () => {
    const ids = Array.from({ length: 8 }, (_, row) => `t${row}`);
    const { competition } = await makeRun({
      files: {
        'train.csv': 'id,text,y\na,one,1\nb,two,0\nc,three,1\nd,four,0\n',
        'test.csv': `id,text\n${ids.map((id) => `${id},x\n`).join('')}`,
        'sample.csv': `id,y\n${ids.map((id) => `${id},0\n`).join('')}`,
      },
      manifest: { task: 'binary', metric: 'roc-auc' },
    });
    const test = { ids, columns: ['y'], values: [new Float64Array(8).fill(-0.5)] };
    const message = `${ids
      .slice(0, 5)
      .map((id) => `row "${id}", column "y": expected a probability from 0 to 1, got -0.5\n`)
      .join('')}and 3 more`;
    expect(() => prepareSubmission(competition, probabilities, test, 'blend')).toThrow(message);
  });

  it('ranks as many classes as the sample', async () => {
    const { competition, data } = await makeRun({
      files: {
        'train.csv': 'id,text,y\na,one,p\nb,two,q\nc,three,r\nd,four,p\n',
        'test.csv': 'id,text\nt1,x\nt2,x\nt3,x\n',
        'sample.csv': 'id,y\nt3,p q\nt1,p q\nt2,p\n',
      },
      manifest: { task: 'multi-class', metric: 'map@2' },
    });
    const columns = ['y=p', 'y=q', 'y=r'];
    const values = [
      Float64Array.of(0.2, 0.4, 0.3),
      Float64Array.of(0.5, 0.2, 0.3),
      Float64Array.of(0.3, 0.4, 0.4),
    ];
    const test = { ids: ['t1', 't2', 't3'], columns, values };
    const folder = await mkdtemp(join(tmpdir(), 'submission-'));
    const prepared = prepareSubmission(competition, { takes: 'ranks' }, test, 'blend');
    await prepared.write(folder, {
      pipeline: 'tiny',
      runs: [],
      blend: { method: 'mean' },
      score: { metric: 'map@2', value: 1 },
      data,
    });
    expect(await readFile(join(folder, 'submission.csv'), 'utf8')).toBe('id,y\nt3,r p\nt1,q r\nt2,p r\n');
    expect(() =>
      prepareSubmission(
        competition,
        { takes: 'ranks' },
        { ...test, decided: true, values: [Float64Array.of(0, 1, 2)] },
        'blend',
      ),
    ).toThrow('the sample ranks several classes, but the post-processing makes classes; set it to "none"');
  });

  it('refuses a sample row without a prediction', async () => {
    const { competition } = await makeRun();
    const test = { ids: ['t1'], columns: ['y'], values: [Float64Array.of(1)] };
    expect(() => prepareSubmission(competition, { takes: 'numbers' }, test, 'blend')).toThrow(
      'there is no prediction for the test row "t2"',
    );
  });

  it('leaves nothing half written', async () => {
    const { competition, data } = await makeRun();
    const folder = await mkdtemp(join(tmpdir(), 'submission-'));
    const test = { ids: ['t2', 't1'], columns: ['y'], values: [Float64Array.of(2, 1)] };
    const prepared = prepareSubmission(competition, { takes: 'numbers' }, test, 'blend');
    expect(await readdir(folder)).toEqual([]);
    const score = { metric: 'rmse', value: 1 };
    await prepared.write(folder, { pipeline: 'tiny', runs: [], blend: { method: 'mean' }, score, data });
    expect((await readdir(folder)).sort()).toEqual(['submission.csv', 'submission.json']);
    expect(await readFile(join(folder, 'submission.csv'), 'utf8')).toBe('id,y\nt2,2\nt1,1\n');
  });
});
