import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finishRun } from '../finish/finish-run.ts';
import { listRuns } from './list-runs.ts';
import { engine, fakeFit, makeRun } from '../testing/make-run.ts';
import { readRun } from './read-run.ts';
import { trainRunFold } from '../fold/train-run-fold.ts';

describe('listRuns and readRun', () => {
  it('find the runs of a pipeline, and how far they are', async () => {
    const run = await makeRun();
    const submissions = dirname(dirname(run.folder));
    expect(await listRuns(submissions, 'tiny')).toEqual([]);
    await trainRunFold(run, 1, { fitFold: fakeFit([[1, 1, 3, 4]], [[1, 1]]), model: '', engine });
    expect(await listRuns(submissions, 'tiny')).toMatchObject([
      { name: run.name, done: [1], metrics: undefined },
    ]);
    await expect(readRun(run.folder)).rejects.toThrow(`the run ${run.name} is not complete`);
    await trainRunFold(run, 0, { fitFold: fakeFit([[1, 2, 0, 0]], [[3, 3]]), model: '', engine });
    await finishRun(run);
    expect(await listRuns(submissions, 'tiny')).toMatchObject([{ done: [0, 1], metrics: { score: 0 } }]);
    const { oof, test } = await readRun(run.folder);
    expect(oof).toEqual({ ids: ['a', 'b', 'c', 'd'], columns: ['y'], values: [Float64Array.of(1, 2, 3, 4)] });
    expect(test.values).toEqual([Float64Array.of(2, 2)]);
  });
});
