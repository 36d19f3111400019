import type * as fs from 'node:fs/promises';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { FitFoldOptions } from '../fit-fold.ts';
import { engine, makeRun } from './make-run.ts';
import { trainRunFold } from './train-run-fold.ts';

/** What a source file of the training ends with, for whoever reads it. */
const comment = vi.hoisted(() => ({ text: '' }));
vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof fs>();
  const readFile = async (path: string, options: never): Promise<unknown> => {
    const content = await original.readFile(path, options);
    return String(path).endsWith('fit-fold.ts') ? `${String(content)}${comment.text}` : content;
  };
  return { ...original, readFile };
});

const read = (...path: string[]): Promise<string> => readFile(join(...path), 'utf8');
const progress = {
  epochs: [{ epoch: 1, loss: 0.5, seconds: 1 }],
  steps: 3,
  tokens: 7,
  seconds: { tokens: 0, model: 0, training: 1, predicting: 0 },
};
/** Keeps an epoch, then fails. */
const stops = async ({ store }: FitFoldOptions): Promise<never> => {
  await store!.write({ progress, weights: new Map(), moments: new Map() });
  throw new Error('no memory');
};

it('hands on what another text of the same version kept, and nothing of another version or checkpoint', async () => {
  const run = await makeRun();
  const model = await mkdtemp(join(tmpdir(), 'foldwise-run-'));
  const kept = join(run.folder, '.epochs-0');
  const notes: string[] = [];
  const stopped = trainRunFold(run, 0, { fitFold: stops, model, engine });
  await expect(stopped).rejects.toThrow('no memory');
  const restored = async (): Promise<boolean> => {
    let found: unknown;
    const fitFold = async (options: FitFoldOptions) => {
      found = await options.store!.restore(async () => undefined);
      return stops(options);
    };
    const onNote = (text: string): unknown => notes.push(text);
    await expect(trainRunFold(run, 0, { fitFold, model, engine, onNote })).rejects.toThrow('no memory');
    return found !== undefined;
  };
  comment.text = '// A comment that is new.';
  expect(await restored()).toBe(true);
  comment.text = '';
  expect(await restored()).toBe(true);
  expect(notes).toEqual([]);

  const state = JSON.parse(await read(kept, 'state.json'));
  state.identity['version of the numerical code'] = 1;
  await writeFile(join(kept, 'state.json'), JSON.stringify(state));
  expect(await restored()).toBe(false);
  expect(notes).toEqual([
    `starts anew. What was kept of it is in ${kept}-unusable-1 now, for it was made with another version of the numerical code: 1, now 2`,
  ]);
  expect(JSON.parse(await read(`${kept}-unusable-1`, 'state.json'))).toEqual(state);

  await writeFile(join(model, 'tokenizer.json'), '{}');
  expect(await restored()).toBe(false);
  expect(notes[1]).toMatch(/\.epochs-0-unusable-2 now, for it was made with another checkpoint: /);
});
