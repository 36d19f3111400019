/**
 * Adversarial validation: can a model tell train texts from test texts? If it can, scores on held-out train rows say less
 * of the test. Logistic regression on TF-IDF words, in five stratified folds.
 */
import { areaUnderRoc } from '@foldwise/metrics';
import { linearScore, logisticRegression } from './logistic-regression.ts';
import { shuffledOrder } from '../assignment/shuffled-order.ts';
import { stratifiedKFold } from '../splitters/stratified-k-fold.ts';
import { tfIdf } from './tf-idf.ts';

interface Side {
  ids: readonly string[];
  texts: readonly string[];
}

/** A word, and the shares of the texts that have it. */
export interface TellingWord {
  word: string;
  train: number;
  test: number;
}

export interface AdversarialValidation {
  /** The area under the ROC curve, over the folds: 0.5 where nothing tells the two apart. */
  auc: { mean: number; sd: number; folds: number[] };
  /** How many texts of each were looked at. */
  rows: { train: number; test: number };
  /** The words that speak most for either side, the strongest first. */
  words: { train: TellingWord[]; test: TellingWord[] };
}

const FOLDS = 5;
/** Texts of each side, drawn by the seed; more make the figure hardly surer. */
const MOST_TEXTS = 20_000;
const WORDS = 10;

/** @returns undefined where either side has fewer rows than ten, or no word is in two texts */
export function adversarialValidation(
  train: Side,
  test: Side,
  seed: number,
): AdversarialValidation | undefined {
  if (Math.min(train.ids.length, test.ids.length) < 2 * FOLDS) return undefined;
  const [some, others] = [draw(train, seed), draw(test, seed)];
  const texts = [...some.texts, ...others.texts];
  const isTest = Uint8Array.from(texts, (_, row) => Number(row >= some.texts.length));
  const { rows, words } = tfIdf(texts);
  if (words.length === 0) return undefined;
  const ids = texts.map((_, row) =>
    row < some.texts.length ? `train ${some.ids[row]}` : `test ${others.ids[row - some.texts.length]}`,
  );
  const assignment = stratifiedKFold(ids, isTest, FOLDS, seed);
  const all = Int32Array.from(ids.keys());
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const of = all.filter((row) => assignment[row] !== fold);
    const weights = logisticRegression(rows, isTest, { of, columns: words.length });
    const held = all.filter((row) => assignment[row] === fold);
    return areaUnderRoc(
      Float64Array.from(held, (row) => isTest[row]!),
      Float64Array.from(held, (row) => linearScore(rows, row, weights)),
    );
  });
  const mean = folds.reduce((sum, auc) => sum + auc, 0) / FOLDS;
  const sd = Math.sqrt(folds.reduce((sum, auc) => sum + (auc - mean) ** 2, 0) / (FOLDS - 1));

  const weights = logisticRegression(rows, isTest, { of: all, columns: words.length });
  const shares = sharesOf(rows.starts, rows.columns, isTest, words.length);
  const byWeight = [...words.keys()].sort((a, b) => weights[b]! - weights[a]! || a - b);
  const tell = (column: number): TellingWord => ({
    word: words[column]!,
    train: shares.train[column]! / some.texts.length,
    test: shares.test[column]! / others.texts.length,
  });
  const ofTest = byWeight.filter((column) => weights[column]! > 0).slice(0, WORDS);
  const ofTrain = byWeight.toReversed().filter((column) => weights[column]! < 0).slice(0, WORDS); // prettier-ignore
  return {
    auc: { mean, sd, folds },
    rows: { train: some.texts.length, test: others.texts.length },
    words: { train: ofTrain.map(tell), test: ofTest.map(tell) },
  };
}

function draw({ ids, texts }: Side, seed: number): Side {
  if (ids.length <= MOST_TEXTS) return { ids, texts };
  const rows = shuffledOrder(ids, seed).slice(0, MOST_TEXTS);
  return { ids: Array.from(rows, (row) => ids[row]!), texts: Array.from(rows, (row) => texts[row]!) };
}

/** How many texts of either side have each word. */
function sharesOf(starts: Int32Array, columns: Int32Array, isTest: Uint8Array, words: number) {
  const shares = { train: new Int32Array(words), test: new Int32Array(words) };
  isTest.forEach((is, row) => {
    const side = is ? shares.test : shares.train;
    for (let i = starts[row]!; i < starts[row + 1]!; i++) side[columns[i]!]!++;
  });
  return shares;
}
