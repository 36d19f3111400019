import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterWorkspace } from 'foldwise/testing/enter-workspace';
import { execute } from '../execute.ts';
import type { FileScore } from 'foldwise';
import { UsageError } from 'foldwise/usage-error';

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
    'classes-probabilities.csv': 'id,cat,dog,eel\nc,0.5,0.3,0.2\nb,0.1,0.8,0.1\na,0.3,0.6,0.1\n',
    'oof.csv': 'id,label=cat,label=dog\na,0.4,0.6\nb,0.1,0.9\nc,0.5,0.5\n',
    'flags.csv': 'id,flag,w,fold\na,1,1,x\nb,0,2,x\nc,1,1,y\nd,0,1,y\n',
    'flag-probabilities.csv': 'id,flag\na,0.4\nb,0.1\nc,0.45\nd,0.2\n',
    'flag-classes.csv': 'id,flag\na,1\nb,1\nc,0\nd,0\n',
    'negative.csv': 'id,flag,w\na,1,1\nb,0,-2\nc,1,1\nd,0,1\n',
  });
});

const score = (...args: string[]) => execute(['score', ...args]);

describe('foldwise score', () => {
  it('joins by id', async () => {
    const outcome = await score('good.csv', 'truth.csv', '--metric', 'mse');
    // Errors of 0, 1 and 2.
    expect(outcome?.json).toMatchObject({
      metric: 'mse',
      direction: 'lower',
      task: 'regression',
      score: 5 / 3,
      rows: 3,
      columns: ['y'],
      interval: { level: 0.95, method: 'BCa', resamples: 1000, undefined: 0, seed: 0 },
      costs: {
        what: "the row's own mse",
        rows: [
          { id: 'c', truth: { y: '4' }, prediction: { y: '6' }, cost: 4, alike: 1 },
          { id: 'b', truth: { y: '2' }, prediction: { y: '1' }, cost: 1, alike: 1 },
        ],
      },
    });
    const [first, interval, ...rest] = outcome!.text.split('\n');
    expect(first).toBe(`mse ${5 / 3} (3 rows, lower is better)`);
    expect(interval).toMatch(/^95 % interval \S+ to \S+ \(BCa bootstrap, 1000 resamples\)$/);
    expect(rest.join('\n')).toBe(
      "What costs most: the row's own mse\nid  truth  prediction  cost\nc       4           6     4\nb       2           1     1",
    );
  });

  it('tells as much as is asked for, the same each time', async () => {
    const bare = await score('good.csv', 'truth.csv', '--metric', 'mse', '--bootstrap', '0', '--rows', '0');
    expect(bare?.text).toBe(`mse ${5 / 3} (3 rows, lower is better)`);
    const args = ['good.csv', 'truth.csv', '--metric', 'mse', '--bootstrap', '50', '--rows', '1', '--seed'];
    const [once, twice, other] = [
      await score(...args, '1'),
      await score(...args, '1'),
      await score(...args, '2'),
    ];
    expect(once?.json).toMatchObject({ interval: { resamples: 50 }, costs: { rows: [{ id: 'c' }] } });
    expect(twice).toEqual(once);
    expect(other).not.toEqual(once);
  });

  it('scores the named columns, and classes by name', async () => {
    const z = await score('both.csv', 'truth.csv', '--metric', 'mae', '--target', 'z');
    expect(z?.json).toMatchObject({ score: 1 / 3, columns: ['z'] });
    const both = await score('both.csv', 'truth.csv', '--metric', 'mae', '--target', 'y,z');
    expect(both?.json).toMatchObject({ score: 1 / 6, columns: ['y', 'z'] });
    const labels = await score('labels.csv', 'classes.csv', '--metric', 'accuracy');
    expect(labels?.json).toMatchObject({ score: 2 / 3 });
    // Of "dog", the later of the two names: one right of two found, and none missed.
    const f1 = await score('labels.csv', 'classes.csv', '--metric', 'f1');
    expect(f1?.json).toMatchObject({ score: 2 / 3, task: 'binary', notes: ['"dog" is taken for 1'] });
  });

  it("reads a column of probabilities for each class, by the classes' names or as oof.csv has them", async () => {
    const loss = await score('classes-probabilities.csv', 'classes.csv', '--metric', 'log-loss');
    const { score: value, task, columns, costs } = loss!.json as FileScore;
    expect(value).toBeCloseTo(-Math.log(0.3 * 0.8 * 0.5) / 3, 12);
    expect({ task, columns }).toEqual({ task: 'multi-class', columns: ['label'] });
    expect(costs.rows[0]).toMatchObject({ id: 'a', prediction: { cat: '0.3', dog: '0.6', eel: '0.1' } });
    expect(loss!.text).toMatch(/^a +cat +dog 0\.6 +1\.204$/m);
    const accuracy = await score('classes-probabilities.csv', 'classes.csv', '--metric', 'accuracy');
    expect(accuracy?.json).toMatchObject({ score: 2 / 3 });
    const binary = await score('oof.csv', 'classes.csv', '--metric', 'roc-auc');
    // Of "dog", b .9 against a .6 and c .5.
    expect(binary?.json).toMatchObject({ score: 1, task: 'binary', notes: ['"dog" is taken for 1'] });
    await expect(score('oof.csv', 'classes.csv', '--metric', 'r2')).rejects.toThrow(
      'the metric "r2" does not score probabilities of 2 classes; the predictions have a column for each of cat, dog',
    );
  });

  it('decides at a half for metrics of classes, or at the threshold that nested folds find', async () => {
    const args = ['flag-probabilities.csv', 'flags.csv', '--metric', 'accuracy', '--target', 'flag'];
    const plain = await score(...args);
    expect(plain?.json).toMatchObject({ score: 0.5, notes: ['Predictions above 0.5 are taken for 1'] });
    const tuned = await score(...args, '--post-processing', 'threshold', '--folds', 'fold');
    // Of a and b the best is .25, of c and d .325: each is right for the others.
    expect(tuned?.json).toMatchObject({
      score: 0.5,
      postProcessing: { kind: 'threshold', plain: 0.5, nested: 1, optimistic: 1 },
    });
    expect(tuned?.text).toContain(
      'threshold: 1 by nested folds, 0.5 without, 1 on the rows it was fitted to',
    );
    expect((await score(...args, '--post-processing', 'threshold'))?.json).toHaveProperty(
      'postProcessing.folds.3',
    );
  });

  it('weighs rows by a column of the truth', async () => {
    const args = ['flag-classes.csv', 'flags.csv', '--metric', 'accuracy', '--weights', 'w'];
    // a and d are right, of weights 1, 2, 1 and 1.
    const weighted = await score(...args);
    expect(weighted?.json).toMatchObject({ score: 2 / 5, weights: 'w', columns: ['flag'] });
    expect(weighted?.json).toMatchObject({ costs: { rows: [{ id: 'b', cost: 2 }, { id: 'c', cost: 1 }] } }); // prettier-ignore
    await expect(score('flag-classes.csv', 'negative.csv', ...args.slice(2))).rejects.toThrow(
      /negative\.csv:3, column "w": expected a number of 0 or more, got "-2"/,
    );
    await expect(score('good.csv', 'truth.csv', '--metric', 'spearman', '--weights', 'z')).rejects.toThrow(
      new UsageError('the metric "spearman" takes no weights'),
    );
  });

  it.each([
    [['--rows', '-1'], '--rows: expected a whole number from 0 to 1000000, got "-1"'],
    [['--bootstrap', 'many'], '--bootstrap: expected a whole number from 0 to 1000000, got "many"'],
    [['--folds', 'fold'], '--folds tells how a post-processing is tuned, and needs --post-processing'],
    [
      ['--target', 'x'],
      'truth.csv:1: there is no column "x"; the nearest is "y"; the columns are id, text, y, z',
    ],
    [['--weights', 'x'], 'truth.csv:1: there is no column "x"'],
    [['--task', 'binary'], 'the metric "mae" does not fit a binary task; it fits regression, ordinal'],
  ])('refuses %o', async (options, message) => {
    const error = await score('good.csv', 'truth.csv', '--metric', 'mae', ...options).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(message);
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
