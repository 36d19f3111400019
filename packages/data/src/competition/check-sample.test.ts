import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  load,
  makeFolder,
  messageOf,
  removeFolder,
  type CompetitionFiles,
} from '../testing/competition-files.ts';

beforeEach(makeFolder);
afterEach(removeFolder);

describe('loadCompetition: the sample', () => {
  it('takes a sample with a column for each class', async () => {
    const files = {
      task: 'multi-class',
      train: 'id,text,y\n1,a,p\n2,b,q\n',
      sample: 'id,q,p\n8,0,0\n9,0,0\n',
    };
    expect((await load(files)).sample.header).toEqual(['id', 'q', 'p']);
  });

  it.each([
    ['in the target’s column', 'id,y\n8,ham\n9,spam\n', { names: ['ham', 'spam'] }],
    ['in the target’s column, one mistyped', 'id,y\n8,ham\n9,spamw\n', { names: ['ham', 'spam'] }],
    ['nowhere, as its cells are empty', 'id,y\n8,\n9,\n', { names: ['ham', 'spam'] }],
    ['as numbers', 'id,y\n8,0\n9,0\n', {}],
    ['with a column for each', 'id,spam,ham\n8,0,0\n9,0,0\n', {}],
  ])('takes two named classes, and a sample that has them %s', async (_, sample, expected) => {
    const train = 'id,text,y\n1,a,spam\n2,b,ham \n3,c,ham\n';
    const loaded = await load({ task: 'binary', classes: ['ham', 'spam'], train, sample });
    expect(loaded.train.targets).toEqual([Float64Array.of(1, 0, 0)]);
    expect(loaded.classes).toBeUndefined();
    expect(loaded.sample).toMatchObject({
      header: sample.split('\n')[0]!.split(','),
      ids: ['8', '9'],
      ...expected,
    });
  });

  it('takes a sample that names its columns otherwise', async () => {
    const target = await load({ sample: 'id,prediction\n8,0\n9,0\n', submission: { prediction: 'y' } });
    expect(target.sample.holds).toEqual(['id', 'y']);
    const classes = await load({
      task: 'multi-class',
      train: 'id,text,y\n1,a,p\n2,b,q\n',
      sample: 'prob_q,id,prob_p\n0,8,0\n0,9,0\n',
      submission: { prob_p: 'p', prob_q: 'q' },
    });
    expect(classes.sample.holds).toEqual(['q', 'id', 'p']);
  });

  it.each<[string, CompetitionFiles, string]>([
    [
      'a column that is not in the sample',
      { submission: { prob: 'y' } },
      'sample.csv:1: there is no column "prob"; the columns are "id", "y"; the nearest is "id"',
    ],
    [
      'a test row missing from the sample',
      { sample: 'id,y\n8,0\n' },
      'test.csv:3, column "id": id "9" is missing from sample.csv',
    ],
    [
      'a sample row missing from the test',
      { sample: 'id,y\n8,0\n9,0\n10,0\n' },
      'sample.csv:4, column "id": id "10" is not in test.csv',
    ],
    [
      'a sample row twice',
      { sample: 'id,y\n8,0\n9,0\n8,0\n' },
      'sample.csv:4, column "id": id "8" is already on line 2',
    ],
    [
      'other columns in the sample',
      { sample: 'id,score\n8,0\n9,0\n' },
      'sample.csv:1: expected the columns "id", "y", got "id", "score"; "submission" in competition.json names those that are called otherwise',
    ],
  ])('refuses %s', async (_, files, message) => {
    expect((await messageOf(files)).slice(0, message.length)).toBe(message);
  });
});
