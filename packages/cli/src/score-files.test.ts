import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterWorkspace } from './enter-workspace.ts';
import { execute } from './execute.ts';
import { UsageError } from './usage-error.ts';

const before = process.cwd();
afterAll(() => process.chdir(before));
beforeAll(async () => {
  await enterWorkspace({
    'truth.csv': 'id,text,y,z\na,one,1,0\nb,two,2,1\nc,three,4,1\n',
    'good.csv': 'id,y\nc,6\na,1\nb,1\n',
    'missing.csv': 'id,y\nc,6\na,1\n',
    'extra.csv': 'id,y\nc,6\na,1\nb,1\nd,1\n',
    'repeated.csv': 'id,y\nc,6\na,1\nb,1\na,2\n',
    'constant.csv': 'id,y\na,1\nb,1\nc,1\n',
    'words.csv': 'id,y\nc,6\na,much\nb,1\n',
    'both.csv': 'id,y,z\na,1,0\nb,2,0\nc,4,1\n',
    'other.csv': 'id,prediction\na,1\nb,2\nc,4\n',
    'classes.csv': 'id,label\na,cat\nb,dog\nc,cat\n',
    'labels.csv': 'id,label\nb,dog\na,dog\nc,cat\n',
  });
});

const score = (...args: string[]) => execute(['score', ...args]);

describe('foldwise score', () => {
  it('joins by id', async () => {
    const outcome = await score('good.csv', 'truth.csv', '--metric', 'mse');
    // Errors of 0, 1 and 2.
    const expected = { metric: 'mse', direction: 'lower', score: 5 / 3, rows: 3, columns: ['y'] };
    expect(outcome?.json).toEqual(expected);
    expect(outcome?.text).toBe(`mse ${5 / 3} (3 rows, lower is better)`);
  });

  it('scores the named columns, and classes by name', async () => {
    const z = await score('both.csv', 'truth.csv', '--metric', 'mae', '--target', 'z');
    expect(z?.json).toMatchObject({ score: 1 / 3, columns: ['z'] });
    const both = await score('both.csv', 'truth.csv', '--metric', 'mae', '--target', 'y,z');
    expect(both?.json).toMatchObject({ score: 1 / 6, columns: ['y', 'z'] });
    const labels = await score('labels.csv', 'classes.csv', '--metric', 'accuracy');
    expect(labels?.json).toMatchObject({ score: 2 / 3 });
  });

  it.each([
    ['missing.csv', Error, /truth\.csv:3, column "id": the id "b" is not in .*missing\.csv/],
    ['extra.csv', Error, /extra\.csv:5, column "id": the id "d" is not in .*truth\.csv/],
    ['repeated.csv', Error, /repeated\.csv:5: the id "a" is already on line 3/],
    ['words.csv', Error, /words\.csv:3, column "y": expected a number, got "much"/],
    ['nowhere.csv', Error, /nowhere\.csv: there is no such file/],
    ['both.csv', UsageError, /share the columns y, z: name those to score with --target/],
    ['other.csv', UsageError, /share no column beside the id "id"/],
  ])('refuses %s', async (file, type, message) => {
    const error = await score(file, 'truth.csv', '--metric', 'rmse').catch((e: unknown) => e);
    expect((error as Error).constructor).toBe(type);
    expect((error as Error).message).toMatch(message);
  });

  it('refuses a score that is not defined', async () => {
    await expect(score('constant.csv', 'truth.csv', '--metric', 'pearson')).rejects.toThrow(
      'pearson is not defined for these 3 rows',
    );
  });
});
