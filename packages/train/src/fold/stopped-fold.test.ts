import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FitProgress } from '../callbacks/progress.ts';
import { toyFit } from '../testing/toy-fit.ts';
import { fitFold, type FitFoldOptions } from './fit-fold.ts';

const { rows } = toyFit('regression');

beforeAll(async () => {
  await startEngine();
});

describe('fitFold, stopped', () => {
  /** Trains, and tells all that must be the same whenever it was stopped. */
  const results = async (options: FitFoldOptions) => {
    const { dispose, saveModel, oof, test, bestEpoch, epochs } = await fitFold(options);
    const saved = await mkdtemp(join(tmpdir(), 'foldwise-fit-'));
    await saveModel(saved);
    dispose();
    const files = ['model.safetensors', 'head.safetensors'];
    const model = await Promise.all(files.map((name) => readFile(join(saved, name))));
    return { oof, test, bestEpoch, losses: epochs.map(({ loss, score }) => [loss, score]), model };
  };
  /** Stops when `isTime`; where it is kept. */
  const stopped = async (options: FitFoldOptions, isTime: (progress: FitProgress) => boolean) => {
    const keep = { folder: join(await mkdtemp(join(tmpdir(), 'foldwise-fit-')), 'epochs'), identity: {} };
    const abort = new AbortController();
    const onProgress = (progress: FitProgress) => {
      if (isTime(progress)) abort.abort(new Error('enough'));
    };
    const fitting = results({ ...options, keep, onProgress, signal: abort.signal });
    await expect(fitting).rejects.toThrow('enough');
    return keep;
  };
  /** The more is learnt, the worse, so that the best epoch is not the last one, and both are kept. */
  const withBestBefore = (training: object) => {
    const options = toyFit('regression', { epochs: 4, dropout: 0.2, seed: 2, ...training });
    const [truth] = options.competition.train.targets;
    for (const row of rows.valid) truth![row] = 3 - truth![row]!;
    return options;
  };

  it('stopped at any step, goes on from there to the same bits', async () => {
    const options = withBestBefore({});
    const undisturbed = await results(options);
    expect(undisturbed.bestEpoch).toBeLessThan(4);
    for (let step = 0; step < 16; step++) {
      const keep = await stopped(options, (now) => now.stage === 'training' && now.step === step);
      const notes: string[] = [];
      const onNote = (text: string) => notes.push(text);
      expect(await results({ ...options, keep, onNote })).toEqual(undisturbed);
      // That step is done before the stop is seen.
      const within = `step ${(step % 4) + 1} of epoch ${Math.floor(step / 4) + 1}`;
      expect(notes).toEqual([`goes on after ${within} of 4`]);
    }
  });

  it.each([
    ['while an epoch is evaluated', 2, 'goes on after step 4 of epoch 2 of 4'],
    ['before the test rows are predicted', 5, 'goes on after epoch 4 of 4'],
  ])('stopped %s, goes on from there to the same bits', async (_, prediction, note) => {
    const options = withBestBefore({ standardizeTargets: true });
    let predictions = 0;
    const keep = await stopped(options, ({ stage, step }) => {
      if (stage === 'predicting' && step === 0) predictions++;
      return predictions === prediction;
    });
    const notes: string[] = [];
    const onNote = (text: string) => notes.push(text);
    expect(await results({ ...options, keep, onNote })).toEqual(await results(options));
    expect(notes).toEqual([note]);
  });

  it('starts anew where what is kept is of another model, and says so', async () => {
    const options = toyFit('binary', { epochs: 2 });
    const folder = join(await mkdtemp(join(tmpdir(), 'foldwise-fit-')), 'epochs');
    const notes: string[] = [];
    const more = { keep: { folder, identity: {} }, onNote: (text: string) => notes.push(text) };
    const train = async (more: Partial<FitFoldOptions>) => {
      const { dispose, oof } = await fitFold({ ...options, ...more });
      dispose();
      return oof;
    };
    await train({ ...more, pipeline: { ...options.pipeline, head: 'concat:cls+mean' } });
    expect(await train(more)).toEqual(await train({}));
    expect(notes).toEqual([
      `starts anew. What was kept of it is in ${folder}-unusable-1 now, for its weights are of another model or optimizer: the tensor "29.kernel" is [64,1] of float32, expected [32,1] of float32`,
    ]);
  });
});
