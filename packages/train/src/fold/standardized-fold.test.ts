import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '@foldwise/tensorflow';
import { Batches, Tokenizer } from '@foldwise/tokens';
import { beforeAll, describe, expect, it } from 'vitest';
import { predictor } from '../predict/predictor.ts';
import { toyFit } from '../testing/toy-fit.ts';
import { fitFold, type FitFoldOptions } from './fit-fold.ts';
import { loadTextModel } from '../model/load-text-model.ts';

beforeAll(async () => {
  await startEngine();
});

describe('fitFold of targets of any scale', () => {
  const training = { epochs: 3, standardizeTargets: true, precision: 'fp32', dropout: 0.1 };
  const base = toyFit('regression', training);
  const { rows } = base;
  const [truth] = base.competition.train.targets;
  const of = (...targets: Float64Array[]): FitFoldOptions => {
    const { manifest, train } = base.competition;
    const columns = { ...manifest.columns, target: targets.map((_, i) => `y${i}`) };
    const competition = {
      ...base.competition,
      manifest: { ...manifest, columns },
      train: { ...train, targets },
    };
    return { ...base, competition };
  };
  const fit = async (options: FitFoldOptions) => {
    const { dispose, saveModel, ...fitted } = await fitFold(options);
    const folder = await mkdtemp(join(tmpdir(), 'foldwise-fit-'));
    await saveModel(folder);
    dispose();
    return { ...fitted, folder };
  };
  const changed = truth!.map((y) => 1e10 + 1e8 * y);
  // In units of the standard deviation, which is 1.0 for the truth and 1e8 for what it is changed to.
  const expectLike = (actual: Float64Array, expected: Float64Array, unit: number, within: number) =>
    actual.forEach((p, row) => expect(Math.abs(p - expected[row]!) / unit).toBeLessThan(within));

  it('predicts a + b p of a + b y, what it predicts of y', async () => {
    const [plain, wide] = [await fit(base), await fit(of(changed))];
    wide.epochs.forEach(({ loss, score }, i) => {
      expect(loss / plain.epochs[i]!.loss).toBeCloseTo(1, 4);
      expect(score! / plain.epochs[i]!.score! / 1e8).toBeCloseTo(1, 4);
    });
    for (const part of ['oof', 'test'] as const)
      expectLike(wide[part][0]!, plain[part][0]!.map((p) => 1e10 + 1e8 * p), 1e8, 1e-4); // prettier-ignore
    // Something is learnt: predicting the mean has an error of 1.0.
    expect(plain.epochs[2]!.score).toBeLessThan(0.9);
  });

  it('takes nothing of the held-out rows into the scale', async () => {
    const kept = (options: FitFoldOptions): FitFoldOptions => ({
      ...options,
      pipeline: { ...base.pipeline, training: { ...base.pipeline.training, epochs: 1, keep: 'last' } },
    });
    const held = new Set(rows.valid);
    const [plain, other] = [await fit(kept(base)), await fit(kept(of(truth!.map((y, row) => (held.has(row) ? 1e6 : y)))))]; // prettier-ignore
    expect(other.oof).toEqual(plain.oof);
    expect(other.test).toEqual(plain.test);
  });

  it.each(['fp32', 'bf16'] as const)(
    "saves models that predict in each target's units: %s",
    async (precision) => {
      const options = of(changed, truth!.map((y) => 1e-6 * y), truth!.map(() => 7)); // prettier-ignore
      options.pipeline = { ...base.pipeline, training: { ...base.pipeline.training, precision } };
      options.pipeline.output = { ...base.pipeline.output, hidden: [8], dropout: 0.1, samples: 2 };
      const fitted = await fit(options);
      const { model, output, dispose } = await loadTextModel(fitted.folder);
      const tokenizer = await Tokenizer.load(fitted.folder);
      const forward = predictor(model, output, precision);
      const { texts } = options.competition.test;
      const encodings = tokenizer.encodeColumns(texts, { maxLength: 24 });
      const plan = { entries: Int32Array.from(encodings.keys()), size: encodings.length, length: 24 };
      const predictions = await forward.predict(new Batches(encodings, [plan], tokenizer.padId));
      forward.dispose();
      dispose();
      // In bf16 the scaled kernel and its product are rounded anew, each to 2^-9 of itself; the mean, which that would
      // move by up to 0.2 standard deviations, is not.
      const within = precision === 'bf16' ? 2 ** -7 : 2e-5;
      [1e8, 1e-6, 1].forEach((unit, c) => expectLike(predictions[c]!, fitted.test[c]!, unit, within));
    },
  );
});
