import { afterAll, describe, expect, it } from 'vitest';
import { enterWorkspace } from 'foldwise/testing/enter-workspace';
import { execute } from '../execute.ts';
import { UsageError } from 'foldwise/usage-error';

const before = process.cwd();
afterAll(() => process.chdir(before));

/** A run of two folds, as `fold` leaves it, without models. */
function run(path: string, ...done: number[]): Record<string, string> {
  const [pipeline, name] = path.split('/');
  const config = { name: pipeline, competition: 'tiny', encoder: 'some/bert', head: 'mean', folds: { k: 2 } };
  return {
    [`submissions/${path}/run.json`]: JSON.stringify({ format: 1, kind: 'training', name, config }),
    ...Object.fromEntries(
      done.map((fold) => [
        `submissions/${path}/fold-${fold}/metrics.json`,
        JSON.stringify({ fold, metric: 'rmse', score: 0.5 }),
      ]),
    ),
  };
}

describe('foldwise export', () => {
  it.each([
    [['export', 'one'], 'export needs --to'],
    [['export', 'one', '--to', 'onnx'], '--to: expected "tfjs", "kaggle", got "onnx"'],
    [
      ['export', 'on', '--to', 'tfjs'],
      'there is no run "on"; the nearest is "one"; there are two, none-yet, one',
    ],
    [['export', 'two', '--to', 'tfjs'], 'give one of other/two, tiny/two'],
    [['export', 'none-yet', '--to', 'tfjs'], 'the run "none-yet" has no trained fold yet; train one with'],
    [['export', 'one', '--to', 'tfjs', '--fold', '0'], 'fold 0 of the run "one" is not trained; trained: 1'],
    [['export', 'one', '--to', 'tfjs', '--fold', '2'], 'there is no fold 2'],
    [['export', 'one', '--to', 'tfjs', '--output', 'data'], 'is not empty, and holds no earlier export'],
    [['export', 'one', '--to', 'tfjs', '--output', 'data', '--force'], 'holds no earlier export'],
    [['export', 'one', '--to', 'tfjs', '--output', 'nx.json'], 'is a file'],
    [
      ['export', 'tiny/two', '--to', 'tfjs', '--output', 'old'],
      'holds an export already; replace it with --force',
    ],
  ])('refuses %j as wrong use', async (args, message) => {
    await enterWorkspace({
      ...run('tiny/one', 1),
      ...run('tiny/two', 0),
      ...run('other/two', 0),
      ...run('tiny/none-yet'),
      'old/model.json': '{}',
      'old/foldwise.js': '',
    });
    const error = await execute(args).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(message);
  });

  it('says so where nothing is trained', async () => {
    await enterWorkspace();
    await expect(execute(['export', 'one', '--to', 'tfjs'])).rejects.toThrow('nothing is trained yet');
  });
});
