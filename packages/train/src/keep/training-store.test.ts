import type * as fs from 'node:fs/promises';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { UnusableTraining } from './unusable.ts';
import { trainingStore, type KeptTraining } from './training-store.ts';

/** What opening or reading the file of a path fails with. */
const injected = vi.hoisted(() => ({ errors: new Map<unknown, Error>() }));
vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof fs>();
  const orFail =
    <A extends [unknown, ...unknown[]], R>(real: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const error = injected.errors.get(args[0]);
      if (error) throw error;
      return real(...args);
    };
  return { ...original, open: orFail(original.open), readFile: orFail(original.readFile as never) };
});

const tensors = (value: number) => new Map([['0.kernel', { shape: [2], data: Float32Array.of(value, 1) }]]);
/** `best` is the best epoch of so many done ones. */
const stateOf = (done: number, best: number) => ({
  epochs: Array.from({ length: done }, (_, i) => ({ epoch: i + 1, loss: 0.1, score: NaN, seconds: 2 })),
  step: 3 * done,
  position: 0,
  lossSum: 0,
  epochSeconds: 0,
  tokens: 100,
  seconds: { tokens: 0.1, model: 0.2, training: 2, predicting: 1 },
  best: {
    epoch: best,
    score: NaN,
    chosenBy: [Float64Array.of(1 / 3, -0, NaN), Float64Array.of(1e-300, 2, 3)],
  },
});

let folder: string;
let notes: string[];
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'foldwise-epochs-')), 'epochs');
  notes = [];
});
const open = (identity = { version: 1, fold: 0 }) =>
  trainingStore(folder, identity, (text) => notes.push(text));

/** The bytes of each file of a folder, by its name. */
async function contents(of: string): Promise<Record<string, string>> {
  const names = (await readdir(of)).sort();
  const bytes = await Promise.all(names.map((name) => readFile(join(of, name), 'latin1')));
  return Object.fromEntries(names.map((name, i) => [name, bytes[i]!]));
}

/** What another process finds. */
async function find(identity?: { version: number; fold: number }) {
  let kept: KeptTraining | undefined;
  const state = await open(identity).restore((found) => {
    kept = found;
    return Promise.resolve();
  });
  const first = (of?: KeptTraining['weights']) => of?.get('0.kernel')?.data[0];
  return { state, weights: first(kept?.weights), moments: first(kept?.moments), best: first(kept?.best) };
}

describe('trainingStore', () => {
  it('gives back the last epoch and the best one, exactly, and keeps no others', async () => {
    const store = open();
    expect(await find()).toEqual({});
    for (const [epoch, best] of [
      [1, 1],
      [2, 2],
      [3, 2],
    ] as const)
      // prettier-ignore
      await store.write({
        state: stateOf(epoch, best),
        weights: tensors(epoch),
        moments: tensors(-epoch),
      });
    expect(await find()).toEqual({ state: stateOf(3, 2), weights: 3, moments: -3, best: 2 });
    expect((await readdir(folder)).sort()).toEqual([
      'moments-3.safetensors',
      'state.json',
      'weights-2.safetensors',
      'weights-3.safetensors',
    ]);
    await store.write({ state: stateOf(4, 2), weights: undefined, moments: undefined });
    expect(await find()).toEqual({ state: stateOf(4, 2), weights: 2 });
    expect((await readdir(folder)).sort()).toEqual(['state.json', 'weights-2.safetensors']);
    expect(notes).toEqual([]);
  });

  it('renames what another version made, tells where it is, and never overwrites what it renamed before', async () => {
    for (const number of [1, 2]) {
      await open().write({ state: stateOf(1, 1), weights: tensors(number), moments: tensors(1) });
      const before = await contents(folder);
      notes = [];
      expect(await find({ version: 2, fold: 0 })).toEqual({});
      expect(notes).toEqual([
        `starts anew. What was kept of it is in ${folder}-unusable-${number} now, for it was made with another version: 1, now 2`,
      ]);
      expect(await contents(`${folder}-unusable-${number}`)).toEqual(before);
      expect(await find()).toEqual({});
    }
    expect((await readdir(dirname(folder))).sort()).toEqual(['epochs-unusable-1', 'epochs-unusable-2']);
  });

  it.each([
    ['moments-2.safetensors', (path: string) => truncate(path, 30), 'truncated'],
    ['weights-1.safetensors', rm, 'is missing, though state.json names it'],
    ['state.json', (path: string) => truncate(path, 30), 'not valid JSON'],
    [
      'state.json',
      (path: string) => writeFile(path, '{"format":1}'),
      'has format 1, which another version of Foldwise wrote; expected 2',
    ],
    ['state.json', rm, 'which tells how far it was, is missing'],
  ])('renames all where %s is damaged (%#), and says so', async (name, damage, reason) => {
    await open().write({ state: stateOf(1, 1), weights: tensors(1), moments: tensors(1) });
    await open().write({ state: stateOf(2, 1), weights: tensors(2), moments: tensors(2) });
    await damage(join(folder, name));
    const before = await contents(folder);
    expect(await find()).toEqual({});
    expect(await contents(`${folder}-unusable-1`)).toEqual(before);
    expect(notes[0]).toContain(`${folder}-unusable-1 now, for ${join(folder, name)}`);
    expect(notes[0]).toContain(reason);
  });

  it('takes no notice of what the first writing left that was cut short', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'weights-1.safetensors'), 'half');
    expect(await find()).toEqual({});
    expect(notes).toEqual([]);
  });

  it('renames what does not fit into the model, and keeps it in place where it could not be put there', async () => {
    await open().write({ state: stateOf(1, 1), weights: tensors(1), moments: tensors(1) });
    const before = await contents(folder);
    const put = (error: Error) => open().restore(() => Promise.reject(error));
    await expect(put(new Error('no memory on the device'))).rejects.toThrow(
      `${folder}: what is kept could not be put back into the model: no memory on the device. The training stops`,
    );
    expect(await contents(folder)).toEqual(before);
    expect(notes).toEqual([]);
    expect(await put(new UnusableTraining('of another model'))).toBeUndefined();
    expect(await contents(`${folder}-unusable-1`)).toEqual(before);
    expect(notes).toHaveLength(1);
  });

  it('keeps the last epoch until the next one is whole, and never removes what is not its own', async () => {
    await open().write({ state: stateOf(1, 1), weights: tensors(1), moments: tensors(1) });
    await writeFile(join(folder, 'notes of mine.txt'), 'mine');
    const before = await contents(folder);
    const fails = { shape: [1], data: () => Promise.reject(new Error('no space left')) };
    const moments = new Map([['steps', fails]]);
    const failing = open().write({ state: stateOf(2, 2), weights: tensors(2), moments });
    await expect(failing).rejects.toThrow('no space left');
    expect(await contents(folder)).toMatchObject(before);
    expect(await find()).toMatchObject({ state: stateOf(1, 1), weights: 1, moments: 1 });
    await open().write({ state: stateOf(2, 2), weights: tensors(2), moments: tensors(2) });
    expect(Object.keys(await contents(folder))).toEqual([
      'moments-3.safetensors',
      'notes of mine.txt',
      'state.json',
      'weights-3.safetensors',
    ]);
  });
});

describe('trainingStore where a file cannot be read now', () => {
  const coded = (code: string) => Object.assign(new Error(`${code}: injected`), { code });
  it.each([
    [coded('EMFILE'), 'Close other programs, or allow more open files'],
    [coded('ENFILE'), 'Close other programs, or allow more open files'],
    [coded('ENOMEM'), 'Free some memory'],
    [coded('EACCES'), 'Give yourself the right'],
    [coded('EPERM'), 'Give yourself the right'],
    [coded('EIO'), 'See whether the disk is sound'],
    [new RangeError('Array buffer allocation failed'), 'Free some memory'],
  ])('stops with what to do, and leaves every byte: %s', async (error, advice) => {
    await open().write({ state: stateOf(1, 1), weights: tensors(1), moments: tensors(1) });
    const before = await contents(folder);
    for (const name of Object.keys(before)) {
      const path = join(folder, name);
      injected.errors.set(path, error);
      const message = `${path} cannot be read: ${error.message}. The training stops, and what was kept stays as it is. ${advice}`;
      await expect(find()).rejects.toThrow(message);
      injected.errors.clear();
      expect(await contents(folder)).toEqual(before);
    }
    expect(await readdir(dirname(folder))).toEqual(['epochs']);
    expect(notes).toEqual([]);
    expect(await find()).toMatchObject({ state: stateOf(1, 1), weights: 1, moments: 1 });
  });
});
