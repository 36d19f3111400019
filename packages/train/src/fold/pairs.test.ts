import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '@foldwise/tensorflow';
import { Batches, Tokenizer } from '@foldwise/tokens';
import { beforeAll, describe, expect, it } from 'vitest';
import { fitFold } from './fit-fold.ts';
import { predictor } from '../predict/predictor.ts';
import { loadTextModel } from '../model/load-text-model.ts';
import { tinyBert, tinyModel } from '../testing/tiny-model.ts';
import { toyFit } from '../testing/toy-fit.ts';

/** What Python's transformers makes of four pairs. */
interface Reference {
  /** [columns][rows] */
  texts: string[][];
  maxLength: number;
  ids: number[][];
  types: number[][];
  kernel: number[][];
  bias: number[];
  /** [rows][columns] */
  logits: number[][];
}
const reference = JSON.parse(
  await readFile(join(import.meta.dirname, '../../fixtures/pairs.json'), 'utf8'),
) as Reference;

let tokenizer: Tokenizer;
beforeAll(async () => {
  await startEngine();
  tokenizer = await Tokenizer.load(tinyBert);
});

describe('a model of pairs', () => {
  const { texts, maxLength, ids, types, kernel, bias, logits } = reference;
  const entries = Int32Array.of(2, 0, 3, 1);
  const plans = {
    padded: { entries, size: 5, length: 20 },
    packed: { entries, size: 6, length: 20, total: 70 },
  };
  const predictAll = async (how: keyof typeof plans, withTypes: boolean) => {
    const { model, output } = await tinyModel('regression', 3, { kernel, bias, types: withTypes });
    const encodings = tokenizer.encodeColumns(texts, { maxLength });
    const forward = predictor(model, output);
    const columns = await forward.predict(new Batches(encodings, [plans[how]], tokenizer.padId));
    forward.dispose();
    return logits.map((_, row) => columns.map((column) => column[row]!));
  };

  it('has the ids and types of Python', () => {
    const encodings = tokenizer.encodeColumns(texts, { maxLength });
    expect(encodings.map((encoding) => [...encoding.ids])).toEqual(ids);
    expect(encodings.map((encoding) => [...(encoding.types ?? [])])).toEqual(types);
  });

  it.each(['padded', 'packed'] as const)('gives the logits of Python, %s', async (how) => {
    const predicted = await predictAll(how, true);
    logits.forEach((row, i) => row.forEach((logit, c) => expect(predicted[i]![c]).toBeCloseTo(logit, 5)));
    // Or types that never came there could go unseen.
    const untyped = await predictAll(how, false);
    logits.forEach((row, i) =>
      expect(Math.max(...row.map((logit, c) => Math.abs(untyped[i]![c]! - logit)))).toBeGreaterThan(0.01),
    );
  });
});

describe('fitFold of two columns of texts', () => {
  const { competition, ...rest } = toyFit('regression', { epochs: 2, precision: 'fp32' });
  const [trained] = competition.train.texts;
  const [tested] = competition.test.texts;
  const inTwo = (columns: Partial<typeof competition.manifest.columns>, join?: string) => {
    const apart = (texts: readonly string[]) =>
      [texts.map((text) => text.split(' ').slice(0, 2).join(' ')), texts.map((text) => text.split(' ').slice(2).join(' '))]; // prettier-ignore
    const given = ([a, b]: string[][]) =>
      join === undefined ? [a!, b!] : [a!.map((text, row) => text + join + b![row]!)];
    return {
      ...competition,
      manifest: { ...competition.manifest, columns: { ...competition.manifest.columns, ...columns } },
      train: { ...competition.train, texts: given(apart(trained!)) },
      test: { ...competition.test, texts: given(apart(tested!)) },
    };
  };
  const fit = async (pairs: typeof competition) => {
    const fitted = await fitFold({ ...rest, competition: pairs });
    const folder = await mkdtemp(join(tmpdir(), 'foldwise-pairs-'));
    await fitted.saveModel(folder);
    fitted.dispose();
    const record = JSON.parse(await readFile(join(folder, 'head.json'), 'utf8')) as { texts: unknown };
    return { fitted, folder, record };
  };

  it('trains with token types, and saves a model that takes them', async () => {
    const pairs = inTwo({ text: ['q', 'a'] });
    const { fitted, folder, record } = await fit(pairs);
    expect(record.texts).toEqual({ columns: ['q', 'a'] });
    const { model, output, dispose } = await loadTextModel(folder);
    expect(model.inputNames).toEqual(['input_ids', 'attention_mask', 'token_type_ids']);
    const forward = predictor(model, output);
    const encodings = tokenizer.encodeColumns(pairs.test.texts, { maxLength: 24 });
    const plan = { entries: Int32Array.from(encodings.keys()), size: encodings.length, length: 24 };
    const [predicted] = await forward.predict(new Batches(encodings, [plan], tokenizer.padId));
    predicted!.forEach((p, row) => expect(p).toBeCloseTo(fitted.test[0]![row]!, 5));
    forward.dispose();
    dispose();
  });

  it('takes them for one text where the manifest has a separator', async () => {
    const { folder, record } = await fit(inTwo({ text: ['q', 'a'], separator: ' | ' }, ' | '));
    expect(record.texts).toEqual({ columns: ['q', 'a'], separator: ' | ' });
    const { model, dispose } = await loadTextModel(folder);
    expect(model.inputNames).toEqual(['input_ids', 'attention_mask']);
    dispose();
  });
});
