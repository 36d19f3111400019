import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readSafetensors } from '@foldwise/encoders';
import { startEngine } from '@foldwise/tensorflow';
import { Batches, Tokenizer } from '@foldwise/tokens';
import { beforeAll, describe, expect, it } from 'vitest';
import { fitFold } from './fit-fold.ts';
import { predictor } from '../predict/predictor.ts';
import { tinyBert, tinyModel } from '../testing/tiny-model.ts';
import { toyFit } from '../testing/toy-fit.ts';
import { loadTextModel } from '../model/load-text-model.ts';

const { rows } = toyFit('regression');

beforeAll(async () => {
  await startEngine();
});

/** All texts together, padded to 24 tokens. */
function oneBatch(tokenizer: Tokenizer, texts: readonly (readonly string[])[]): Batches {
  const encodings = tokenizer.encodeColumns(texts, { maxLength: 24 });
  const plan = { entries: Int32Array.from(encodings.keys()), size: encodings.length, length: 24 };
  return new Batches(encodings, [plan], tokenizer.padId);
}

describe('fitFold, saving', () => {
  it('saves the model, as files that others read', async () => {
    const { competition, ...options } = toyFit('multi-class', { epochs: 2 });
    const fitted = await fitFold({ competition, ...options });
    const folder = await mkdtemp(join(tmpdir(), 'foldwise-fit-'));
    await fitted.saveModel(folder);
    fitted.dispose();
    expect(await readFile(join(folder, 'config.json'), 'utf8')).toBe(
      await readFile(join(tinyBert, 'config.json'), 'utf8'),
    );
    expect(JSON.parse(await readFile(join(folder, 'head.json'), 'utf8'))).toEqual({
      head: 'mean',
      output: { hidden: [], activation: 'gelu', dropout: 0, samples: 1 },
      task: 'multi-class',
      targets: ['y0'],
      classes: ['good', 'bad', 'slow'],
      texts: { columns: ['text'] },
      maxLength: 24,
    });
    const head = await readSafetensors(join(folder, 'head.safetensors'));
    expect(new Map([...head].map(([name, { shape }]) => [name, shape]))).toEqual(
      new Map([
        ['output/kernel', [32, 3]],
        ['output/bias', [3]],
      ]),
    );
    // The files alone give the fold's predictions again.
    const { data } = head.get('output/kernel')!;
    const kernel = Array.from({ length: 32 }, (_, i) =>
      Array.from(data.subarray(3 * i, 3 * i + 3) as Float32Array),
    );
    const bias = Array.from(head.get('output/bias')!.data as Float32Array);
    const { model, output } = await tinyModel('multi-class', 3, { folder, kernel, bias });
    const tokenizer = await Tokenizer.load(folder);
    const { texts } = competition.train;
    const forward = predictor(model, output, fitted.precision);
    const held = texts.map((column) => Array.from(rows.valid, (row) => column[row]!));
    const predictions = await forward.predict(oneBatch(tokenizer, held));
    predictions.forEach((column, c) =>
      column.forEach((p, row) => expect(p).toBeCloseTo(fitted.oof[c]![row]!, 5)),
    );
    forward.dispose();
  });

  it('saves what it trained behind the encoder: the files alone predict the same', async () => {
    const { pipeline, competition, ...rest } = toyFit('ordinal', { epochs: 2 });
    const output = { hidden: [8], activation: 'gelu' as const, dropout: 0.1, samples: 2 };
    const head = 'concat:attention+weighted-layers:max';
    const fitted = await fitFold({ ...rest, competition, pipeline: { ...pipeline, head, output } });
    const folder = await mkdtemp(join(tmpdir(), 'foldwise-fit-'));
    await fitted.saveModel(folder);
    fitted.dispose();
    const loaded = await loadTextModel(folder);
    const tokenizer = await Tokenizer.load(folder);
    const { texts } = competition.test;
    const forward = predictor(loaded.model, loaded.output, fitted.precision);
    const predictions = await forward.predict(oneBatch(tokenizer, texts));
    expect(predictions).toHaveLength(3);
    predictions.forEach((column, c) =>
      column.forEach((p, row) => expect(p).toBeCloseTo(fitted.test[c]![row]!, 5)),
    );
    forward.dispose();
    loaded.dispose();
  });

  it('leaves frozen layers as the checkpoint has them', async () => {
    const fitted = await fitFold(toyFit('binary', { epochs: 1, frozenLayers: 1 }));
    const folder = await mkdtemp(join(tmpdir(), 'foldwise-fit-'));
    await fitted.saveModel(folder);
    fitted.dispose();
    const [before, after] = await Promise.all(
      [tinyBert, folder].map((from) => readSafetensors(join(from, 'model.safetensors'))),
    );
    const isSame = (name: string) => isDeepStrictEqual(before!.get(name)!.data, after!.get(name)!.data);
    const names = [...after!.keys()];
    const frozen = names.filter((name) => /^embeddings|layer\.0\./.test(name));
    expect(frozen).toHaveLength(21);
    expect(frozen.filter((name) => !isSame(name))).toEqual([]);
    // A key's bias changes all scores of a query alike, so that its gradient is 0.
    const trained = names.filter((name) => name.includes('layer.1.') && !name.endsWith('key.bias'));
    expect(trained.filter(isSame)).toEqual([]);
  });
});
