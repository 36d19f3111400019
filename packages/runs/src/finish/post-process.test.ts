import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PipelineConfig } from '@foldwise/data';
import { describe, expect, it } from 'vitest';
import { finishRun } from './finish-run.ts';
import { engine, fakeFit, makeRun } from '../testing/make-run.ts';
import type { Run } from '../run/run.ts';
import { trainRunFold } from '../fold/train-run-fold.ts';
import type { RunRecord } from '../run/run-record.ts';

const read = (run: Run, file: string): Promise<string> => readFile(join(run.folder, file), 'utf8');

async function trained(
  options: Parameters<typeof makeRun>[0],
  oof: number[][],
  test: number[][],
): Promise<Run> {
  const run = await makeRun(options);
  for (let fold = 0; fold < run.split.count; fold++)
    await trainRunFold(run, fold, { fitFold: fakeFit(oof, test), model: '', engine });
  return run;
}

const binary = (postProcessing?: PipelineConfig['postProcessing'], sample = 'id,y\nt1,0\nt2,0\n') => ({
  files: {
    'train.csv': 'id,text,y\na,one,1\nb,two,0\nc,three,1\nd,four,0\n',
    'test.csv': 'id,text\nt1,five\nt2,six\n',
    'sample.csv': sample,
  },
  manifest: { task: 'binary', metric: 'f1' },
  pipeline: { postProcessing },
});
// Of fold 0, a and b, the best threshold is .35, of fold 1 it is .15.
const oof = [[0.4, 0.3, 0.2, 0.1]];
const test = [[0.45, 0.15]];

describe('finishRun with a post-processing', () => {
  it('tunes on the other folds for the score, and on all for the submission', async () => {
    const run = await trained(binary('threshold'), oof, test);
    const metrics = await finishRun(run);
    // Nothing is above a half. At .15, of fold 1, both rows of fold 0 are: F1 2/3; at .35, of fold 0, none of fold 1.
    expect(metrics.score).toBe(0);
    const { folds, ...tuned } = metrics.postProcessing!;
    expect(folds).toEqual([
      {
        fold: 0,
        parameters: { thresholds: [expect.closeTo(0.15, 12)] },
        plain: 0,
        nested: expect.closeTo(2 / 3, 12),
      },
      { fold: 1, parameters: { thresholds: [expect.closeTo(0.35, 12)] }, plain: 0, nested: 0 },
    ]);
    // Fitted to all, a, b and c are taken for 1, and a and c are: F1 4/5. Nested, a and b are taken: F1 1/2.
    expect(tuned).toEqual({
      setting: { kind: 'threshold' },
      kind: 'threshold',
      parameters: { thresholds: [expect.closeTo(0.15, 12)] },
      plain: 0,
      nested: 0.5,
      optimistic: 0.8,
    });
    expect(JSON.parse(await read(run, 'metrics.json'))).toEqual(metrics);
    expect(await read(run, 'submission.csv')).toBe('id,y\nt1,1\nt2,0\n');
    const { postProcessing, score } = JSON.parse(await read(run, 'submission.json'));
    const { kind, parameters, setting } = tuned;
    expect(postProcessing).toEqual({ kind, parameters, setting });
    expect(score).toEqual({ metric: 'f1', value: 0 });
    // What is not post-processed stays as it is.
    expect(await read(run, 'test.csv')).toBe('id,y\nt1,0.45\nt2,0.15\n');
  });

  it('is no part of the run: another one makes new results of the same folds', async () => {
    const run = await trained(binary(), oof, test);
    const plain = await finishRun(run);
    expect(plain.postProcessing).toBeUndefined();
    const again = await makeRun(binary('threshold'));
    expect(again.configHash).toBe((await makeRun(binary({ kind: 'none' }))).configHash);
    expect(again.name).toBe(run.name);
    const { postProcessing, ...rest } = await finishRun({ ...run, config: again.config });
    expect(postProcessing!.plain).toBe(plain.score);
    expect(rest).toEqual(plain);
    expect((JSON.parse(await read(run, 'run.json')) as RunRecord).config).not.toHaveProperty(
      'postProcessing',
    );
  });

  it('names the classes of an ordinal task by its cut points', async () => {
    const options = {
      files: {
        'train.csv': 'id,text,y\na,one,low\nb,two,high\nc,three,low\nd,four,high\n',
        'test.csv': 'id,text\nt1,five\nt2,six\n',
        'sample.csv': 'id,y\nt1,low\nt2,low\n',
      },
      manifest: { task: 'ordinal', metric: 'qwk', classes: ['low', 'high'] },
      pipeline: { postProcessing: 'cut-points' } as const,
    };
    // Of "high": .1, .3, .2 and .4, which the median takes for "low".
    const high = [0.1, 0.3, 0.2, 0.4];
    const run = await trained(options, [high.map((p) => 1 - p), high], [[0.8, 0.7], [0.2, 0.3]]); // prettier-ignore
    const { score, postProcessing } = await finishRun(run);
    expect(score).toBe(0);
    // Fold 1 is right with fold 0's cut of .2; with fold 1's of .3, row b of fold 0 is taken for low.
    expect(postProcessing).toMatchObject({
      parameters: { cuts: [[expect.closeTo(0.25, 12)]], values: [[0, 1]] },
      nested: expect.closeTo(0.5, 12),
      optimistic: 1,
    });
    expect(await read(run, 'submission.csv')).toBe('id,y\nt1,low\nt2,high\n');
  });

  it('clips numbers, and keeps to the rows of a hold-out', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `r${i},word,${i % 5}`).join('\n');
    const run = await trained(
      {
        files: {
          'train.csv': `id,text,y\n${rows}\n`,
          'test.csv': 'id,text\nt1,five\nt2,six\n',
          'sample.csv': 'id,y\nt1,0\nt2,0\n',
        },
        pipeline: {
          folds: { kind: 'hold-out', share: 0.5 },
          postProcessing: { kind: 'clip', low: 0, high: 4 },
        },
      },
      [Array.from({ length: 20 }, (_, i) => (i % 5) * 2 - 2)],
      [[-7, 3]],
    );
    const { rows: counts, postProcessing } = await finishRun(run);
    expect(counts.oof).toBe(10);
    expect(postProcessing!.folds).toHaveLength(5);
    expect(postProcessing!.nested).toBeLessThan(postProcessing!.plain!);
    expect(await read(run, 'submission.csv')).toBe('id,y\nt1,0\nt2,3\n');
  });

  it('refuses what does not fit before anything is trained, and classes where probabilities are wanted', async () => {
    await expect(makeRun(binary('cut-points'))).rejects.toThrow(
      'the post-processing "cut-points" does not fit the metric "f1" of a binary task; what fits is threshold',
    );
    const options = binary('threshold', 'id,0,1\nt1,0,0\nt2,0,0\n');
    const named = { ...options, manifest: { ...options.manifest, classes: ['0', '1'] } };
    const run = await trained(named, oof, test);
    await expect(finishRun(run)).rejects.toThrow('the sample has a column of probabilities for each class');
  });
});
