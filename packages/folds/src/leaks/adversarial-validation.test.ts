import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { adversarialValidation } from './adversarial-validation.ts';
import { logisticRegression } from './logistic-regression.ts';
import { tfIdf } from './tf-idf.ts';

interface Side {
  ids: string[];
  texts: string[];
}

/** What scikit-learn makes of the same texts and folds, by fixtures/make_adversarial.py. */
const reference = JSON.parse(
  readFileSync(new URL('../../fixtures/adversarial.json', import.meta.url), 'utf8'),
) as {
  seed: number;
  train: Side;
  test: Side;
  aucs: number[];
  ofTrain: string[];
  ofTest: string[];
  weights: Record<string, number>;
  intercept: number;
};
const { train, test, seed } = reference;

it('weighs words as scikit-learn', () => {
  const texts = [...train.texts, ...test.texts];
  const { rows, words } = tfIdf(texts);
  expect(words.toSorted()).toEqual(Object.keys(reference.weights).sort());
  const isTest = Uint8Array.from(texts, (_, row) => Number(row >= train.texts.length));
  const of = Int32Array.from(texts.keys());
  const weights = logisticRegression(rows, isTest, { of, columns: words.length });
  words.forEach((word, column) => expect(weights[column]).toBeCloseTo(reference.weights[word]!, 4));
  expect(weights.at(-1)).toBeCloseTo(reference.intercept, 4);
});

it('tells train from test as well as scikit-learn, by the same words', () => {
  const { auc, words, rows } = adversarialValidation(train, test, seed)!;
  auc.folds.forEach((value, fold) => expect(value).toBeCloseTo(reference.aucs[fold]!, 10));
  expect(words.train.slice(0, 5).map(({ word }) => word)).toEqual(reference.ofTrain);
  expect(words.test.slice(0, 5).map(({ word }) => word)).toEqual(reference.ofTest);
  expect(rows).toEqual({ train: 90, test: 60 });
  const [first] = words.test;
  const share = ({ texts }: Side): number =>
    texts.filter((text) => text.split(' ').includes(first!.word)).length / texts.length;
  expect([first!.train, first!.test]).toEqual([share(train), share(test)]);
});

it('is silent where there is too little to learn from', () => {
  const few = { ids: ['1', '2'], texts: ['good film', 'good plot'] };
  expect(adversarialValidation(few, test, 0)).toBeUndefined();
  const blank = { ids: train.ids.slice(0, 10), texts: train.texts.slice(0, 10).map(() => 'a') };
  expect(adversarialValidation(blank, blank, 0)).toBeUndefined();
});
