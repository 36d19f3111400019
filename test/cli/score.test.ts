import { beforeAll, describe, expect, it } from 'vitest';
import { makeWorkspace, runFoldwise } from './workspace.ts';

let root: string;
beforeAll(async () => {
  root = await makeWorkspace({
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

describe('foldwise score', () => {
  it('joins by id', async () => {
    const { code, stdout } = await runFoldwise(root, [
      'score',
      'good.csv',
      'truth.csv',
      '--metric',
      'mse',
      '--json',
    ]);
    // Errors of 2, 0 and 1.
    expect(JSON.parse(stdout)).toEqual({
      metric: 'mse',
      direction: 'lower',
      score: 5 / 3,
      rows: 3,
      columns: ['y'],
    });
    expect(code).toBe(0);
  });

  it('scores the named column, and classes by name', async () => {
    const z = await runFoldwise(root, ['score', 'both.csv', 'truth.csv', '--metric', 'mae', '--target', 'z']);
    expect(z.stdout).toBe(`mae ${1 / 3} (3 rows, lower is better)\n`);
    const both = await runFoldwise(root, [
      'score',
      'both.csv',
      'truth.csv',
      '--metric',
      'mae',
      '--target',
      'y,z',
    ]);
    expect(both.stdout).toContain(`mae ${1 / 6} `);
    const labels = await runFoldwise(root, ['score', 'labels.csv', 'classes.csv', '--metric', 'accuracy']);
    expect(labels.stdout).toContain(`accuracy ${2 / 3} `);
  });

  it.each([
    ['missing.csv', 1, /truth\.csv:3, column "id": the id "b" is not in .*missing\.csv/],
    ['extra.csv', 1, /extra\.csv:5, column "id": the id "d" is not in .*truth\.csv/],
    ['repeated.csv', 1, /repeated\.csv:5: the id "a" is already on line 3/],
    ['words.csv', 1, /words\.csv:3, column "y": expected a number, got "much"/],
    ['nowhere.csv', 1, /nowhere\.csv: there is no such file/],
    ['both.csv', 2, /share the columns y, z: name those to score with --target/],
    ['other.csv', 2, /share no column beside the id "id"/],
  ])('refuses %s', async (file, code, message) => {
    const ended = await runFoldwise(root, ['score', file, 'truth.csv', '--metric', 'rmse']);
    expect(ended.stderr).toMatch(message);
    expect(ended).toMatchObject({ code, stdout: '' });
  });

  it('refuses a score that is not defined', async () => {
    const ended = await runFoldwise(root, ['score', 'constant.csv', 'truth.csv', '--metric', 'pearson']);
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: 'pearson is not defined for these 3 rows\n' });
  });
});
