import { mkdtemp, readdir, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { epochStore, type KeptEpochs } from './epoch-store.ts';

const tensors = (value: number) => new Map([['0.kernel', { shape: [2], data: Float32Array.of(value, 1) }]]);
/** `best` is the best epoch of so many done ones. */
const progressOf = (done: number, best: number) => ({
  epochs: Array.from({ length: done }, (_, i) => ({ epoch: i + 1, loss: 0.1, score: NaN, seconds: 2 })),
  steps: 3 * done,
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
const open = (identity = { code: 'a', fold: 0 }) => epochStore(folder, identity, (text) => notes.push(text));

/** What another process finds. */
async function find(identity?: { code: string; fold: number }) {
  let kept: KeptEpochs | undefined;
  const progress = await open(identity).restore(async (found) => void (kept = found));
  const first = (of?: KeptEpochs['weights']) => of?.get('0.kernel')?.data[0];
  return { progress, weights: first(kept?.weights), moments: first(kept?.moments), best: first(kept?.best) };
}

describe('epochStore', () => {
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
        progress: progressOf(epoch, best),
        weights: tensors(epoch),
        moments: tensors(-epoch),
      });
    expect(await find()).toEqual({ progress: progressOf(3, 2), weights: 3, moments: -3, best: 2 });
    expect((await readdir(folder)).sort()).toEqual([
      'moments-3.safetensors',
      'state.json',
      'weights-2.safetensors',
      'weights-3.safetensors',
    ]);
    await store.write({ progress: progressOf(4, 2), weights: undefined, moments: undefined });
    expect(await find()).toEqual({ progress: progressOf(4, 2), weights: 2 });
    expect((await readdir(folder)).sort()).toEqual(['state.json', 'weights-2.safetensors']);
    expect(notes).toEqual([]);
    await store.remove();
    expect(await find()).toEqual({});
  });

  it('gives nothing of other code, and says so', async () => {
    await open().write({ progress: progressOf(1, 1), weights: tensors(1), moments: tensors(1) });
    expect(await find({ code: 'b', fold: 0 })).toEqual({});
    expect(notes).toEqual([
      'starts anew, for what was kept of it is of no use: it was made with another code',
    ]);
    expect(await find()).toEqual({});
  });

  it('gives nothing where a file is damaged, and says which', async () => {
    await open().write({ progress: progressOf(1, 1), weights: tensors(1), moments: tensors(1) });
    await truncate(join(folder, 'moments-1.safetensors'), 30);
    expect(await find()).toEqual({});
    expect(notes[0]).toMatch(/^starts anew, for .*moments-1\.safetensors/);
  });
});
