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

describe('loadCompetition: labels', () => {
  it('takes decimal numbers in all their forms', async () => {
    const { train } = await load({ train: 'id,text,y\n1,a,-1.5e-3\n2,b, +.5 \n3,c,7.\n' });
    expect(train.targets).toEqual([Float64Array.of(-0.0015, 0.5, 7)]);
  });

  it('loads several targets', async () => {
    const { train } = await load({
      task: 'multi-label',
      target: ['y', 'z'],
      train: 'id,text,z,y\n1,a,0,1\n2,b,1,1.0\n',
      sample: 'id,z,y\n8,0,0\n9,0,0\n',
    });
    expect(train.targets).toEqual([Float64Array.of(1, 1), Float64Array.of(0, 1)]);
  });

  it.each([
    ['names by character code', ['b', 'B', 'a', 'b'], ['B', 'a', 'b'], [2, 0, 1, 2]],
    ['numbers by value', ['10', '9', '-1', '10'], ['-1', '9', '10'], [2, 1, 0, 2]],
  ])('orders classes that are %s', async (_, cells, classes, indices) => {
    const train = `id,text,y\n${cells.map((cell, i) => `${i},t,${cell}\n`).join('')}`;
    const loaded = await load({ task: 'multi-class', train });
    expect(loaded.classes).toEqual(classes);
    expect(loaded.train.targets).toEqual([Float64Array.from(indices)]);
  });

  it('takes ordered classes as the manifest orders them, also such as no row has', async () => {
    const train = 'id,text,y\n1,a,poor\n2,b,good\n3,c,poor\n';
    const classes = ['poor', 'fair', 'good'];
    const loaded = await load({
      task: 'ordinal',
      train,
      classes,
      sample: 'id,fair,good,poor\n8,0,0,0\n9,0,0,0\n',
    });
    expect(loaded.classes).toEqual(classes);
    expect(loaded.train.targets).toEqual([Float64Array.of(0, 2, 0)]);
  });

  it('orders ordered classes by value where they are numbers', async () => {
    const loaded = await load({ task: 'ordinal', train: 'id,text,y\n1,a,10\n2,b,-1\n3,c,2.5\n' });
    expect(loaded.classes).toEqual(['-1', '2.5', '10']);
    expect(loaded.train.targets).toEqual([Float64Array.of(2, 0, 1)]);
  });

  it('reads a class from columns of which one holds a 1', async () => {
    const files = {
      task: 'multi-class',
      target: ['a', 'b', 'tie'],
      train: 'id,text,a,b,tie\n1,s,0,1,0\n2,t,0,0,1\n3,u,1.0,0,0\n',
      sample: 'id,tie,a,b\n8,0,0,0\n9,0,0,0\n',
    };
    const { train, classes } = await load(files);
    expect(classes).toEqual(['a', 'b', 'tie']);
    expect(train.targets).toEqual([Float64Array.of(1, 2, 0)]);
  });

  it.each<[string, CompetitionFiles, string]>([
    [
      'a third name beside two',
      { task: 'binary', classes: ['n', 'y'], train: 'id,text,y\n1,a,y\n2,b,N\n' },
      'train.csv:3, column "y": expected one of the manifest\'s classes n, y, got "N"',
    ],
    [
      'a row of two classes',
      {
        task: 'multi-class',
        target: ['p', 'q'],
        train: 'id,text,p,q\n1,a,1,0\n2,b,1,1\n',
        sample: 'id,p,q\n',
      },
      'train.csv:3, column "p": expected a 1 in one of "p", "q", got 2 of them',
    ],
    [
      'a label that is no number',
      { train: 'id,text,y\n1,a,abc\n' },
      'train.csv:2, column "y": expected a number, got "abc"',
    ],
    [
      'a label missing',
      { train: 'id,text,y\n1,a,\n' },
      'train.csv:2, column "y": expected a number, but it is empty',
    ],
    [
      'an infinite label',
      { train: 'id,text,y\n1,a,1e999\n' },
      'train.csv:2, column "y": expected a number, got "1e999"',
    ],
    [
      'a hexadecimal label',
      { train: 'id,text,y\n1,a,0x1F\n' },
      'train.csv:2, column "y": expected a number, got "0x1F"',
    ],
    [
      'a decimal comma',
      { train: 'id,text,y\n1,a,"0,5"\n' },
      'train.csv:2, column "y": expected a number, got "0,5"',
    ],
    [
      'a binary label of 2',
      { task: 'binary', train: 'id,text,y\n1,a,0\n2,b,2\n' },
      'train.csv:3, column "y": expected 0 or 1, got "2"',
    ],
    ['a multi-label 0.5', { task: 'multi-label' }, 'train.csv:2, column "y": expected 0 or 1, got "0.5"'],
    [
      'an empty class',
      { task: 'multi-class', train: 'id,text,y\n1,a,p\n2,b,\n' },
      'train.csv:3, column "y": expected a class, but it is empty',
    ],
    [
      'one class',
      { task: 'multi-class', train: 'id,text,y\n1,a,p\n2,b,p\n' },
      'train.csv:2, column "y": expected two or more classes, got one in all rows',
    ],
    [
      'ordered classes without an order',
      { task: 'ordinal', train: 'id,text,y\n1,a,1\n2,b,high\n' },
      'train.csv:3, column "y": expected a number, got "high"; an ordinal task whose classes are names needs "classes" in competition.json, from the lowest to the highest',
    ],
    [
      'a class in two forms',
      { task: 'ordinal', train: 'id,text,y\n1,a,1\n2,b,1.0\n3,c,2\n' },
      'train.csv:3, column "y": the class "1.0" is also written in another way; expected one',
    ],
    [
      'a class that the manifest lacks',
      { task: 'ordinal', classes: ['a', 'b'], train: 'id,text,y\n1,t,a\n2,t,c\n' },
      `train.csv:3, column "y": expected one of the manifest's classes a, b, got "c"`,
    ],
    [
      'an empty ordered class',
      { task: 'ordinal', train: 'id,text,y\n1,a,1\n2,b,\n' },
      'train.csv:3, column "y": expected a class, but it is empty',
    ],
  ])('refuses %s', async (_, files, message) => {
    expect((await messageOf(files)).slice(0, message.length)).toBe(message);
  });

  it.each(['multi-class', 'ordinal', 'regression', 'binary'])(
    'names the rows of a %s task whose number is written as a missing one',
    async (task) => {
      const train = 'id,text,y\n1,a,0\n2,b,NaN\n3,c,1\n4,d,NA\n';
      const expected = task === 'regression' ? 'a number' : task === 'binary' ? '0 or 1' : 'a class';
      expect(await messageOf({ task, train })).toBe(
        [
          `train.csv:3, column "y": expected ${expected}, got "NaN": leave the row out, as it has no label`,
          `train.csv:5, column "y": expected ${expected}, got "NA": leave the row out, as it has no label`,
        ].join('\n'),
      );
    },
  );

  it('warns of names and texts that look like missing values', async () => {
    const train = 'id,text,y\n1,nan,NA\n2,b,EU\n3,c,EU\n';
    const { warnings, classes } = await load({ task: 'multi-class', train });
    expect(classes).toEqual(['EU', 'NA']);
    expect(warnings.map(({ title, count }) => [title, count])).toEqual([
      ['texts that are written like a missing value', 1],
      ['classes that are written like a missing value', 1],
    ]);
  });

  it('warns of rows without a group', async () => {
    const train = 'id,text,y,user\n1,a,0,u\n2,b,1,\n3,c,1,nan\n4,d,1,NA\n';
    const { warnings } = await load({ train, columns: { group: 'user' } });
    expect(warnings.map(({ title, count }) => [title, count])).toEqual([['rows without a group', 2]]);
    expect(warnings[0]!.shown.map((line) => line.replace(/^.*\//, ''))).toEqual([
      'train.csv:3, column "user": the cell is empty',
      'train.csv:4, column "user": "nan" stands for no value',
    ]);
  });
});
