import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { foldStore } from './fold-store.ts';
import { newTrainingState } from '../trainer/training-state.ts';
import { keptProgress } from './kept-progress.ts';

const state = { ...newTrainingState(), step: 3, position: 3, lossSum: 1.5 };
const weights = new Map([['0.kernel', { shape: [1], data: Float32Array.of(1) }]]);

it('goes on only with what the same version of the code kept, of the same training and checkpoint', async () => {
  const root = await mkdtemp(join(tmpdir(), 'foldwise-fold-'));
  const [folder, model] = [join(root, 'epochs'), join(root, 'model')];
  await cp(new URL('../../../encoders/fixtures/tiny-bert', import.meta.url), model, { recursive: true });
  const notes: string[] = [];
  const open = (threads: number) =>
    foldStore({ folder, identity: { 'number of threads': threads } }, model, (text) => notes.push(text));
  const keep = async () => (await open(1)).write({ state, weights, moments: new Map() });
  const found = async (threads = 1) => (await open(threads)).restore(() => Promise.resolve());
  await keep();
  expect(keptProgress(folder)).toEqual({ epochs: 0, steps: 3 });
  expect(await found()).toEqual(state);
  expect(notes).toEqual([]);

  expect(await found(2)).toBeUndefined();
  const aside = (number: number) => `starts anew. What was kept of it is in ${folder}-unusable-${number} now`;
  expect(notes).toEqual([`${aside(1)}, for it was made with another number of threads: 1, now 2`]);

  await keep();
  const file = join(folder, 'state.json');
  const content = JSON.parse(await readFile(file, 'utf8')) as { identity: Record<string, number> };
  content.identity['version of the numerical code'] = 1;
  await writeFile(file, JSON.stringify(content));
  expect(await found()).toBeUndefined();
  expect(notes[1]).toBe(`${aside(2)}, for it was made with another version of the numerical code: 1, now 2`);

  await keep();
  await writeFile(join(model, 'tokenizer.json'), '{}');
  expect(await found()).toBeUndefined();
  expect(notes[2]).toContain(`${aside(3)}, for it was made with another checkpoint: `);
});

it('writes nothing any more where the folder is lost to another process', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'foldwise-fold-')), 'epochs');
  const lost = new AbortController();
  const store = await foldStore({ folder, identity: {}, lost: lost.signal }, 'no model');
  lost.abort(new Error('another process trains this fold'));
  await expect(store.write({ state, weights, moments: undefined })).rejects.toThrow('another process trains');
  expect(existsSync(folder)).toBe(false);
});
