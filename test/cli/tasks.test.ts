import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkspace, runFoldwise } from './workspace.ts';

const opinions = ['bad', 'slow', 'fine', 'good'];
const subjects = ['the film is', 'a story', 'the music is'];

/** 24 texts to train on, three of the test. `label` is of the opinion (0 to 3) and of whether the text is warm (0 or 1). */
const competition = (
  target: string[],
  {
    label,
    sample,
    ...manifest
  }: { label: (opinion: number, warm: number) => unknown[]; sample: string; [more: string]: unknown },
) => {
  const text = (i: number) => `${subjects[i % 3]} ${opinions[i % 4]}${i % 5 < 2 ? ' and warm' : ''}`;
  const train = Array.from({ length: 24 }, (_, i) =>
    [`r${i}`, text(i), ...label(i % 4, Number(i % 5 < 2))].join(),
  );
  const test = Array.from({ length: 3 }, (_, i) => `t${i},${text(i + 1)}`);
  return makeWorkspace({
    'data/tiny/competition.json': JSON.stringify({
      name: 'tiny',
      title: 'Tiny',
      files: { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' },
      columns: { id: 'id', text: 'text', target },
      ...manifest,
    }),
    'data/tiny/train.csv': `id,text,${target.join()}\n${train.join('\n')}\n`,
    'data/tiny/test.csv': `id,text\n${test.join('\n')}\n`,
    'data/tiny/sample.csv': sample,
  });
};

/** Trains all folds; the scores, and the files that were written as columns of cells by name. */
async function crossValidate(root: string, options: string[] = []) {
  const { code, stdout, stderr } = await runFoldwise(root, ['cv', '--json', '--quiet', ...options]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { folder, metrics } = JSON.parse(stdout) as {
    folder: string;
    metrics: { score: number; scores: Record<string, number> };
  };
  const columns = async (path: string): Promise<Record<string, string[]>> => {
    const [header, ...rows] = (await readFile(resolve(root, path), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    return Object.fromEntries(header!.map((name, c) => [name, rows.map((row) => row[c]!)]));
  };
  return {
    metrics,
    train: await columns('data/tiny/train.csv'),
    oof: await columns(join(folder, 'oof.csv')),
    test: await columns(join(folder, 'test.csv')),
    submission: await columns(join(folder, 'submission.csv')),
    head: JSON.parse(await readFile(join(folder, 'fold-0', 'model', 'head.json'), 'utf8')) as unknown,
  };
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('foldwise, task by task', () => {
  it('predicts several numbers', async () => {
    const root = await competition(['y', 'z'], {
      label: (opinion, warm) => [opinion / 3, 10 * warm],
      sample: 'id,z,y\nt2,0,0\nt0,0,0\nt1,0,0\n',
      task: 'regression',
      metric: 'mcrmse',
    });
    const { metrics, train, oof, test, submission } = await crossValidate(root);
    const rmse = (target: string) =>
      Math.sqrt(mean(train[target]!.map((value, row) => (Number(value) - Number(oof[target]![row])) ** 2)));
    expect(oof['id']).toEqual(train['id']);
    expect(metrics.score).toBeCloseTo((rmse('y') + rmse('z')) / 2, 10);
    const inSample = (cells: string[]) => [cells[2], cells[0], cells[1]];
    expect(submission).toEqual({ id: ['t2', 't0', 't1'], z: inSample(test['z']!), y: inSample(test['y']!) });
    expect(Object.keys(submission)).toEqual(['id', 'z', 'y']);
  });

  it('predicts several labels, with layers before the output', async () => {
    const root = await competition(['good', 'warm'], {
      label: (opinion, warm) => [Number(opinion > 1), warm],
      sample: 'id,good,warm\nt0,0,0\nt1,0,0\nt2,0,0\n',
      task: 'multi-label',
      metric: 'log-loss',
    });
    const { metrics, train, oof, test, submission, head } = await crossValidate(root, [
      '--output.hidden=[8,4]',
      '--output.activation=tanh',
      '--output.dropout',
      '0.2',
      '--output.samples',
      '3',
    ]);
    const loss = (label: string) =>
      mean(
        train[label]!.map((value, row) => {
          const p = Number(oof[label]![row]);
          return -Math.log(value === '1' ? p : 1 - p);
        }),
      );
    expect(metrics.score).toBeCloseTo((loss('good') + loss('warm')) / 2, 10);
    expect(submission).toEqual(test);
    expect(head).toMatchObject({
      task: 'multi-label',
      targets: ['good', 'warm'],
      output: { hidden: [8, 4], activation: 'tanh', dropout: 0.2, samples: 3 },
    });
  });

  it('predicts ordered classes, in the order of the manifest', async () => {
    const classes = ['bad', 'slow', 'fine', 'good'];
    const root = await competition(['y'], {
      label: (opinion) => [opinions[opinion]],
      sample: 'id,y\nt1,bad\nt0,bad\nt2,bad\n',
      task: 'ordinal',
      classes,
      metric: 'mae',
    });
    const { metrics, train, oof, test, submission, head } = await crossValidate(root);
    /** How many classes the truth is above with more than a half. */
    const ranks = (columns: Record<string, string[]>) =>
      columns['id']!.map((_, row) => {
        const above = (k: number) =>
          classes.slice(k + 1).reduce((sum, name) => sum + Number(columns[`y=${name}`]![row]), 0);
        return [0, 1, 2].filter((k) => above(k) > 0.5).length;
      });
    const distances = ranks(oof).map((rank, row) => Math.abs(rank - classes.indexOf(train['y']![row]!)));
    expect(metrics.score).toBeCloseTo(mean(distances), 12);
    expect(metrics.scores).toHaveProperty('qwk');
    for (const row of [0, 11, 23])
      expect(classes.reduce((sum, name) => sum + Number(oof[`y=${name}`]![row]), 0)).toBeCloseTo(1, 6);
    const [first, second, third] = ranks(test).map((rank) => classes[rank]);
    expect(submission).toEqual({ id: ['t1', 't0', 't2'], y: [second, first, third] });
    expect(head).toMatchObject({ task: 'ordinal', classes });
  });
});
