import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeWorkspace, runFoldwise } from './workspace.ts';

it('exports a trained fold for browsers, with what the page tells of it', async () => {
  const root = await makeWorkspace();
  const fold = await runFoldwise(root, ['fold', '--fold', '1', '--json', '--training.epochs', '1']);
  const { run, score } = JSON.parse(fold.stdout) as { run: string; score: number };
  const { code, stdout } = await runFoldwise(root, ['export', run, '--to', 'tfjs', '--json']);
  expect(code, stdout + fold.stderr).toBe(0);
  const folder = join(root, 'submissions', 'tiny', run, 'fold-1-tfjs');
  expect(JSON.parse(stdout)).toMatchObject({ run, fold: 1, to: 'tfjs', folder, weights: 'float32' });
  const json = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as {
    userDefinedMetadata: { foldwise: object };
  };
  expect(json.userDefinedMetadata.foldwise).toEqual({
    format: 1,
    title: 'Tiny',
    task: 'regression',
    targets: ['y'],
    maxLength: 16,
    encoder: 'tiny-bert', // Not where it lies on this machine.
    head: 'mean',
    run,
    fold: 1,
    score: { metric: 'rmse', value: score },
  });
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['index.html', 'README.md']));

  // The export beside the folds is no fold, and no other run.
  expect((await runFoldwise(root, ['fold', '--fold', '1', '--training.epochs', '1'])).stderr).toContain(
    'done',
  );
  const again = await runFoldwise(root, ['export', `tiny/${run}`, '--to', 'tfjs']);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('holds an export already; replace it with --force');
});
