import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeWorkspace, runFoldwise } from './workspace.ts';

it('makes submissions again, bit by bit, by training where folds are gone', async () => {
  const root = await makeWorkspace();
  const cv = await runFoldwise(root, ['cv', '--json', '--threads', '1']);
  const { run, folder } = JSON.parse(cv.stdout) as { run: string; folder: string };
  const same = await runFoldwise(root, ['reproduce', run, '--output', 'again.csv']);
  expect(same.stdout + same.stderr).toContain('the same bits again');
  expect(same.code).toBe(0);
  const csv = await readFile(join(folder, 'submission.csv'), 'utf8');
  expect(await readFile(join(root, 'again.csv'), 'utf8')).toBe(csv);

  const clip = JSON.stringify({ kind: 'clip', low: 1.5, high: 1.6 });
  await runFoldwise(root, ['cv', '--post-processing', clip, '--threads', '1']);
  expect(await readFile(join(folder, 'submission.csv'), 'utf8')).not.toBe(csv);
  expect((await runFoldwise(root, ['reproduce', run])).stdout).toContain('the same bits again');

  await rm(join(folder, 'fold-1'), { recursive: true });
  const gone = await runFoldwise(root, ['reproduce', run]);
  expect(gone.code).toBe(1);
  expect(gone.stderr).toMatch(
    /lacks fold 1 in .*: train it again with --retrain; that took 0:\d\d on tensorflow/,
  );
  const again = await runFoldwise(root, ['reproduce', run, '--retrain', '--json', '--threads', '1']);
  expect(again.stderr).not.toContain('rror');
  expect(JSON.parse(again.stdout)).toMatchObject({ same: true, trained: { [run]: [1] }, difference: null });

  // A fold that was changed is no record any more.
  const oof = join(folder, 'fold-0', 'test.csv');
  await writeFile(oof, (await readFile(oof, 'utf8')).replace(/\d\n/, '7\n'));
  const changed = await runFoldwise(root, ['reproduce', `${folder}/submission.csv`]);
  expect(changed.code).toBe(1);
  expect(changed.stderr).toContain('fold-0/test.csv is not what the submission was made of');

  const data = join(root, 'data', 'tiny', 'test.csv');
  await writeFile(data, (await readFile(data, 'utf8')).replace('good film', 'fine film'));
  const other = await runFoldwise(root, ['reproduce', run]);
  expect(other.stderr).toContain('was made of other data: the test file in data/tiny has changed since');
}, 300_000);
