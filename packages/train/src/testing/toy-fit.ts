/** For tests: what `fitFold` takes, for the tiny BERT and a competition of which it learns the rule in seconds. */
import { parsePipeline, type Competition, type Task } from '@foldwise/data';
import type { FitFoldOptions } from '../fold/fit-fold.ts';
import { tinyBert } from './tiny-model.ts';

const metrics: Record<Task, string> = {
  regression: 'rmse',
  binary: 'roc-auc',
  'multi-class': 'accuracy',
  'multi-label': 'roc-auc',
  ordinal: 'qwk',
};

/** 40 rows to train on and 6 to predict. What the words "good", "bad" and "warm" say of a text is all there is to learn. */
function toyCompetition(task: Task): Competition {
  const opinions = ['good', 'bad', 'slow'];
  const subjects = ['the film is', 'a story about it', 'very', 'the town'];
  const text = (i: number) =>
    `${subjects[i % 4]} ${opinions[i % 3]}${i % 5 < 2 ? ' and warm' : ''}${i % 7 === 0 ? ', not small' : ''}`;
  const rows = (from: number, count: number) => ({
    ids: Array.from({ length: count }, (_, i) => `r${from + i}`),
    texts: [Array.from({ length: count }, (_, i) => text(from + i))],
  });
  const column = (value: (i: number) => number) => Float64Array.from({ length: 40 }, (_, i) => value(i));
  const isGood = (i: number) => (i % 3 === 0 ? 1 : 0);
  const isWarm = (i: number) => (i % 5 < 2 ? 1 : 0);
  const targets: Record<Task, Float64Array[]> = {
    regression: [column((i) => 2 * isGood(i) + isWarm(i))],
    binary: [column(isGood)],
    'multi-class': [column((i) => i % 3)],
    'multi-label': [column(isGood), column(isWarm)],
    ordinal: [column((i) => [2, 0, 1][i % 3]!)],
  };
  const target = targets[task].map((_, i) => `y${i}`);
  return {
    manifest: {
      name: 'toy',
      title: 'Toy',
      files: { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' },
      columns: { id: 'id', text: 'text', target },
      task,
      metric: metrics[task],
    },
    train: { ...rows(0, 40), targets: targets[task] },
    test: rows(40, 6),
    classes:
      task === 'multi-class'
        ? ['good', 'bad', 'slow']
        : task === 'ordinal'
          ? ['bad', 'slow', 'good']
          : undefined,
  } as unknown as Competition;
}

const indices = Array.from({ length: 40 }, (_, i) => i);
const rows = {
  train: Int32Array.from(indices.filter((i) => i % 4 !== 3)),
  valid: Int32Array.from(indices.filter((i) => i % 4 === 3)).reverse(),
};

/** Every fourth row is held out. */
export function toyFit(task: Task, training: object = {}): FitFoldOptions {
  const pipeline = parsePipeline(
    {
      name: 'toy',
      training: { epochs: 6, batch: 8, predictBatch: 4, lr: 0.01, maxLength: 24, dropout: 0, ...training },
    },
    'pipeline.ts',
  );
  return { pipeline, competition: toyCompetition(task), rows, model: tinyBert };
}
