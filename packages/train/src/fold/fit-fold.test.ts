import { copyFile, cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors } from '@foldwise/encoders';
import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FitProgress } from '../callbacks/progress.ts';
import { fitFold } from './fit-fold.ts';
import { tinyBert } from '../testing/tiny-model.ts';
import { toyFit } from '../testing/toy-fit.ts';

const { rows } = toyFit('regression');

/** A copy of the tiny checkpoint, to be damaged. */
async function checkpointCopy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'foldwise-fit-'));
  await cp(tinyBert, folder, { recursive: true });
  return folder;
}

beforeAll(async () => {
  await startEngine();
});

describe('fitFold', () => {
  it.each([
    ['regression', 1],
    ['binary', 1],
    ['multi-class', 3],
    ['multi-label', 2],
    ['ordinal', 3],
  ] as const)('learns a rule: %s', async (task, outputs) => {
    const before = tf.memory().numTensors;
    // Ordered classes learn from fewer rows: each of their answers has its own. Numbers are more to learn than classes.
    const epochs = task === 'ordinal' ? 12 : task === 'regression' ? 8 : 6;
    const fitted = await fitFold(toyFit(task, { epochs }));
    expect(fitted.oof.map(({ length }) => length)).toEqual(new Array(outputs).fill(10));
    expect(fitted.test.map(({ length }) => length)).toEqual(new Array(outputs).fill(6));
    const all = [...fitted.oof, ...fitted.test].flatMap((column) => [...column]);
    if (task === 'regression') expect(all.every(Number.isFinite)).toBe(true);
    else expect(all.every((p) => p >= 0 && p <= 1)).toBe(true);
    if (outputs === 3)
      fitted.oof[0]!.forEach((_, row) =>
        expect(fitted.oof.reduce((sum, column) => sum + column[row]!, 0)).toBeCloseTo(1, 6),
      );

    expect(fitted.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: epochs }, (_, i) => i + 1));
    const losses = fitted.epochs.map(({ loss }) => loss);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
    const scores = fitted.epochs.map(({ score }) => score!);
    const best = task === 'regression' ? Math.min(...scores) : Math.max(...scores);
    expect(fitted.bestEpoch).toBe(scores.indexOf(best) + 1);
    // Predicting the mean has an error of 1.0.
    if (task === 'regression') expect(best).toBeLessThan(0.5);
    else expect(best).toBeGreaterThan(0.9);

    expect(fitted.tokensPerSecond).toBeGreaterThan(0);
    fitted.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('lets other rows than the predicted ones choose the epoch', async () => {
    const options = toyFit('regression');
    const chosen = await fitFold(options);
    const [choose, valid] = [rows.valid, Int32Array.of(3)];
    const nested = await fitFold({ ...options, rows: { ...rows, valid, choose } });
    expect(nested.epochs.map(({ score }) => score)).toEqual(chosen.epochs.map(({ score }) => score));
    expect(nested.bestEpoch).toBe(chosen.bestEpoch);
    expect(nested.oof[0]).toHaveLength(1);
    expect(nested.oof[0]![0]).toBeCloseTo(chosen.oof[0]![[...rows.valid].indexOf(3)]!, 4);
    for (const fitted of [chosen, nested]) fitted.dispose();
  });

  it('learns in bf16 what it learns in fp32, and tells which it was', async () => {
    const options = toyFit('regression', { epochs: 8 });
    const inPrecision = (precision: 'fp32' | 'bf16') => {
      const { pipeline } = options;
      return fitFold({
        ...options,
        pipeline: { ...pipeline, training: { ...pipeline.training, precision } },
      });
    };
    const [exact, rounded] = [await inPrecision('fp32'), await inPrecision('bf16')];
    expect([exact.precision, rounded.precision]).toEqual(['fp32', 'bf16']);
    const [ours, theirs] = [rounded.epochs[0]!.loss, exact.epochs[0]!.loss];
    expect(ours).not.toBe(theirs);
    expect(Math.abs(ours / theirs - 1)).toBeLessThan(0.02);
    // Predicting the mean has an error of 1.0.
    expect(Math.min(...rounded.epochs.map(({ score }) => score!))).toBeLessThan(0.5);
    exact.dispose();
    rounded.dispose();
  });

  it('frees the layers that its head does not read, and all of them where the head cannot be had', async () => {
    const before = tf.memory().numTensors;
    const options = toyFit('binary', { epochs: 1 });
    const withHead = (head: string) => fitFold({ ...options, pipeline: { ...options.pipeline, head } });
    const fitted = await withHead('layers:0-1');
    fitted.dispose();
    expect(tf.memory().numTensors).toBe(before);
    await expect(withHead('last-4-mean')).rejects.toThrow('reads the last 4 layers; there are 2');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('learns a rule through hidden layers and several samples of dropout', async () => {
    const options = toyFit('multi-class', { epochs: 10 });
    const output = { hidden: [16], activation: 'tanh' as const, dropout: 0.1, samples: 4 };
    const fitted = await fitFold({ ...options, pipeline: { ...options.pipeline, output } });
    // Of three classes that are equally frequent.
    expect(Math.max(...fitted.epochs.map(({ score }) => score!))).toBeGreaterThan(0.8);
    fitted.dispose();
  });

  it('predicts with the last epoch where that is to be kept, and evaluates no other', async () => {
    const best = toyFit('regression');
    // As above: the more is learnt, the worse, so that the best epoch is not the last one.
    for (const row of rows.valid)
      best.competition.train.targets[0]![row] = 3 - best.competition.train.targets[0]![row]!;
    const { pipeline } = best;
    const last = { ...pipeline, training: { ...pipeline.training, keep: 'last' as const } };
    const [kept, compared] = [await fitFold({ ...best, pipeline: last }), await fitFold(best)];
    expect(kept.bestEpoch).toBe(6);
    expect(kept.epochs.map(({ score }) => score)).toEqual([
      ...Array(5).fill(undefined),
      compared.epochs[5]!.score,
    ]);
    expect(kept.epochs.map(({ loss }) => loss)).toEqual(compared.epochs.map(({ loss }) => loss));
    kept.dispose();
    compared.dispose();
  });

  it('predicts with the best epoch, though later ones are worse', async () => {
    const options = toyFit('regression', { epochs: 8 });
    const { train } = options.competition;
    const [truth] = train.targets;
    // The held-out rows follow the opposite rule: the more is learnt, the worse.
    for (const row of rows.valid) truth![row] = 3 - truth![row]!;
    const [some] = train.texts;
    const test = { ids: ['a', 'b'], texts: [[some![rows.valid[2]!]!, some![rows.valid[5]!]!]] };
    const fitted = await fitFold({ ...options, competition: { ...options.competition, test } });
    const scores = fitted.epochs.map(({ score }) => score!);
    expect(fitted.bestEpoch).toBeLessThan(8);
    expect(scores[fitted.bestEpoch - 1]).toBe(Math.min(...scores));
    const squares = rows.valid.reduce((sum, row, i) => sum + (fitted.oof[0]![i]! - truth![row]!) ** 2, 0);
    expect(Math.sqrt(squares / 10)).toBeCloseTo(Math.min(...scores), 6);
    // The test rows are two of the held-out ones.
    expect(fitted.test[0]![0]).toBeCloseTo(fitted.oof[0]![2]!, 5);
    expect(fitted.test[0]![1]).toBeCloseTo(fitted.oof[0]![5]!, 5);
    fitted.dispose();
  });

  it('repeats itself for a seed, and differs for another', async () => {
    const run = async (seed: number) => {
      const fitted = await fitFold(toyFit('binary', { epochs: 1, dropout: 0.2, seed }));
      fitted.dispose();
      return [fitted.oof, fitted.test, fitted.epochs[0]!.loss];
    };
    const first = await run(5);
    expect(await run(5)).toEqual(first);
    expect(await run(6)).not.toEqual(first);
  });

  it('tells how far it is', async () => {
    const told: FitProgress[] = [];
    const fitted = await fitFold({ ...toyFit('binary', { epochs: 2 }), onProgress: (p) => told.push(p) });
    fitted.dispose();
    const stages = told.map(({ stage }) => stage).filter((stage, i, all) => stage !== all[i - 1]);
    expect(stages).toEqual(['tokens', 'model', 'training', 'predicting', 'training', 'predicting']);
    const steps = told.filter(({ stage }) => stage === 'training');
    expect(steps.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(steps.map(({ steps }) => steps))).toEqual(new Set([8]));
    expect(steps.map(({ epoch }) => epoch)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
  });

  it.each(['training', 'predicting'] as const)('stops while %s, and leaves no tensors', async (stage) => {
    const before = tf.memory().numTensors;
    const abort = new AbortController();
    const fitting = fitFold({
      ...toyFit('binary'),
      signal: abort.signal,
      onProgress: (progress) => {
        if (progress.stage === stage && progress.epoch === 2) abort.abort(new Error('enough'));
      },
    });
    await expect(fitting).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('does not start where it is aborted already', async () => {
    const told: FitProgress[] = [];
    const signal = AbortSignal.abort(new Error('enough'));
    const fitting = fitFold({ ...toyFit('binary'), signal, onProgress: (p) => told.push(p) });
    await expect(fitting).rejects.toThrow('enough');
    expect(told).toEqual([]);
  });

  it('refuses to freeze more layers than there are', async () => {
    await expect(fitFold(toyFit('binary', { frozenLayers: 3 }))).rejects.toThrow(
      'training.frozenLayers is 3, but the encoder has 2 layers',
    );
  });

  it('says so where the loss is no number any more', async () => {
    const before = tf.memory().numTensors;
    await expect(fitFold(toyFit('regression', { lr: 1e30, warmup: 0 }))).rejects.toThrow(
      /^The loss became (NaN|Infinity) at step \d+: training diverged\. Lower training\.lr \(now 1e\+30\)/,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  it('names what is wrong with a checkpoint, and leaves no tensors', async () => {
    const before = tf.memory().numTensors;
    const folder = await checkpointCopy();
    const file = join(folder, 'model.safetensors');
    const fails = (message: RegExp | string) =>
      expect(fitFold({ ...toyFit('binary'), model: folder })).rejects.toThrow(message);

    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, 50_000));
    await fails(new RegExp(`^${file}`));

    const tensors = await readSafetensors(join(tinyBert, 'model.safetensors'));
    const gone = 'encoder.layer.1.output.dense.bias';
    tensors.delete(gone);
    await writeSafetensors(file, tensors as never);
    await fails(`${file} lacks the tensor ${gone}`);

    await copyFile(join(tinyBert, 'model.safetensors'), file);
    const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
    await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, intermediate_size: 128 }));
    await fails(
      `${file}: the tensor encoder.layer.0.intermediate.dense.weight has shape [64,32], config.json says [128,32].`,
    );

    await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, model_type: 'gpt2' }));
    await fails('"model_type" must be one of the supported bert');
    expect(tf.memory().numTensors).toBe(before);
  });
});
