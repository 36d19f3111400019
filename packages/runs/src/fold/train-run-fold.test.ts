import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { defineMetric } from '@foldwise/metrics';
import { describe, expect, it } from 'vitest';
import type { FitFoldOptions } from '@foldwise/train';
import { engine, fakeFit, makeRun } from '../testing/make-run.ts';
import type { RunRecord } from '../run/run-record.ts';
import { epochsFolder } from './epochs-folder.ts';
import { trainRunFold } from './train-run-fold.ts';

const model = 'unused';
/** Errors of 0.5 and 0.5 in fold 0, of 1 and 2 in fold 1. */
const fitFold = fakeFit([[1.5, 2.5, 4, 6]], [[10, 20]]);
const read = (...path: string[]): Promise<string> => readFile(join(...path), 'utf8');

/** Keeps something, then fails. */
const stops = async ({ keep }: FitFoldOptions): Promise<never> => {
  await mkdir(keep!.folder);
  await writeFile(join(keep!.folder, 'state.json'), '{"epochs":[{}]}');
  throw new Error('no memory');
};

describe('trainRunFold', () => {
  it("keeps the fold's predictions, scores and model, and the run's record", async () => {
    const run = await makeRun();
    const metrics = await trainRunFold(run, 1, { fitFold, model, engine });
    const folder = join(run.folder, 'fold-1');
    expect(await read(folder, 'oof.csv')).toBe('id,y\nc,4\nd,6\n');
    expect(await read(folder, 'test.csv')).toBe('id,y\nt1,10\nt2,20\n');
    expect(await read(folder, 'model', 'model.safetensors')).toBe('weights');
    expect(metrics).toMatchObject({ fold: 1, metric: 'rmse', rows: { train: 2, valid: 2, test: 2 }, engine });
    expect(metrics.score).toBeCloseTo(Math.sqrt((1 + 4) / 2), 15);
    expect(metrics.scores['mae']).toBe(1.5);
    expect(metrics.peakMemoryBytes).toBeGreaterThan(10e6);
    expect(JSON.parse(await read(folder, 'metrics.json'))).toEqual(metrics);
    const record = JSON.parse(await read(run.folder, 'run.json')) as RunRecord;
    expect(record).toMatchObject({
      name: run.name,
      configHash: run.configHash,
      foldsHash: run.foldsHash,
      engine,
    });
    expect(record.code.version).toBe('0.1.0');
    expect((await readdir(run.folder)).sort()).toEqual(['fold-1', 'run.json']);
  });

  it("scores by a metric of the user's own, and records its name and the hash of its text", async () => {
    const metric = defineMetric({
      name: 'worst-error',
      direction: 'lower',
      takes: 'numbers',
      score: ([truth], [predicted]) => Math.max(...truth!.map((y, row) => Math.abs(y - predicted![row]!))),
    });
    const run = await makeRun({ pipeline: { metric } });
    const metrics = await trainRunFold(run, 1, { fitFold, model, engine });
    expect(metrics).toMatchObject({
      metric: 'worst-error',
      score: 2,
      scores: { 'worst-error': 2, mae: 1.5 },
    });
    const record = JSON.parse(await read(run.folder, 'run.json')) as RunRecord;
    expect(record.config.metric).toBe('worst-error');
    expect(record.metricSource).toBe(createHash('sha256').update(metric.source).digest('hex'));
  });

  it('does nothing for a fold that is done, unless asked to train it again', async () => {
    const run = await makeRun();
    const first = await trainRunFold(run, 0, { fitFold, model, engine });
    const better = fakeFit([[1, 2, 3, 4]], [[1, 1]]);
    expect(await trainRunFold(run, 0, { fitFold: better, model, engine })).toEqual(first);
    const again = await trainRunFold(run, 0, { fitFold: better, model, engine, again: true });
    expect(again.score).toBe(0);
    expect(await read(run.folder, 'fold-0', 'oof.csv')).toBe('id,y\na,1\nb,2\n');
    expect((await readdir(run.folder)).sort()).toEqual(['fold-0', 'run.json']);
  });

  it.each([
    ['training fails', async () => Promise.reject(new Error('no memory')), 'no memory'],
    [
      'a prediction is NaN',
      fakeFit([[NaN, 1, 1, 1]], [[1, 1]]),
      'column "y" is NaN; expected a finite number',
    ],
    [
      'the score is not the one of the epoch',
      fakeFit([[2, 1, 1, 1]], [[1, 1]], 0.25),
      'the predictions score 1, but epoch 1',
    ],
  ])('keeps the old record where %s', async (_, failing, message) => {
    const run = await makeRun();
    await trainRunFold(run, 0, { fitFold, model, engine });
    const again = trainRunFold(run, 0, { fitFold: failing, model, engine, again: true });
    await expect(again).rejects.toThrow(message);
    expect(await read(run.folder, 'fold-0', 'oof.csv')).toBe('id,y\na,1.5\nb,2.5\n');
    expect((await readdir(run.folder)).sort()).toEqual(['fold-0', 'run.json']);
  });

  it('keeps no half of a fold that was stopped, and rejects with the reason', async () => {
    const run = await makeRun();
    const controller = new AbortController();
    const stopped = trainRunFold(run, 0, {
      fitFold: async (options) => {
        controller.abort(new Error('stopped by hand'));
        options.signal!.throwIfAborted();
        return fitFold(options);
      },
      model,
      engine,
      signal: controller.signal,
    });
    await expect(stopped).rejects.toThrow('stopped by hand');
    expect(await readdir(run.folder)).toEqual(['run.json']);
  });

  it('refuses a fold that another is training, and leaves that one alone', async () => {
    const run = await makeRun();
    let started = (): void => undefined;
    let finish = (): void => undefined;
    const isStarted = new Promise<void>((resolve) => (started = resolve));
    const mayFinish = new Promise<void>((resolve) => (finish = resolve));
    const first = trainRunFold(run, 0, {
      fitFold: async (options) => {
        started();
        await mayFinish;
        return fitFold(options);
      },
      model,
      engine,
    });
    await isStarted;
    await expect(trainRunFold(run, 0, { fitFold, model, engine })).rejects.toThrow(
      `another process (${process.pid}) is training`,
    );
    finish();
    expect((await first).fold).toBe(0);
    expect(existsSync(join(run.folder, 'fold-0', 'metrics.json'))).toBe(true);
  });

  it('clears what a killed process left, and leaves other folds alone', async () => {
    const run = await makeRun();
    await mkdir(join(run.folder, '.fold-0-dead'), { recursive: true });
    await mkdir(join(run.folder, '.fold-1-alive'));
    await writeFile(join(run.folder, '.fold-0-dead', 'oof.csv'), 'half');
    await trainRunFold(run, 0, { fitFold, model, engine });
    expect((await readdir(run.folder)).sort()).toEqual(['.fold-1-alive', 'fold-0', 'run.json']);
  });

  it('says where epochs are kept and of what training, and removes them once the fold is done', async () => {
    const run = await makeRun();
    await expect(trainRunFold(run, 1, { fitFold: stops, model, engine })).rejects.toThrow('no memory');
    const folder = epochsFolder(run.folder, 1);
    expect(await read(folder, 'state.json')).toBe('{"epochs":[{}]}');
    const kept: FitFoldOptions['keep'][] = [];
    const sees = async (options: FitFoldOptions) => {
      kept.push(options.keep);
      expect(existsSync(folder)).toBe(true);
      return fitFold(options);
    };
    await trainRunFold(run, 1, { fitFold: sees, model, engine: { ...engine, threads: 2 } });
    expect(kept).toEqual([
      {
        folder,
        lost: expect.any(AbortSignal) as AbortSignal,
        identity: {
          configuration: run.configHash,
          fold: 1,
          engine: 'fake 1',
          device: 'CPU',
          'number of threads': 2,
          processor: cpus()[0]!.model,
        },
      },
    ]);
    expect((await readdir(run.folder)).sort()).toEqual(['fold-1', 'run.json']);
  });

  it('keeps the epochs of a fold that was stopped beside it, where it is to be trained again', async () => {
    const run = await makeRun();
    await expect(trainRunFold(run, 0, { fitFold: stops, model, engine })).rejects.toThrow('no memory');
    const before = await read(run.folder, '.epochs-0', 'state.json');
    const notes: string[] = [];
    const onNote = (text: string): unknown => notes.push(text);
    await trainRunFold(run, 0, { fitFold, model, engine, onNote, again: true });
    expect(await read(run.folder, '.epochs-0-unusable-1', 'state.json')).toBe(before);
    expect(notes).toHaveLength(1);
    await trainRunFold(run, 0, { fitFold, model, engine, onNote, again: true });
    expect(notes).toHaveLength(1);
  });

  it('refuses a fold that does not exist', async () => {
    const run = await makeRun();
    await expect(trainRunFold(run, 2, { fitFold, model, engine })).rejects.toThrow('there is no fold 2');
  });
});
