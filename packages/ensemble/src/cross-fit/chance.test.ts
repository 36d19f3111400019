/**
 * On random labels no blend that did not see them can be good. Chance is what someone scores who knows how the labels
 * were drawn and nothing of each; how far below it luck reaches is worked out at each bound, at three standard errors.
 */
import { findMetric } from '@foldwise/metrics';
import { describe, expect, it } from 'vitest';
import type { BlendMethod } from '../methods/blend-method.ts';
import { choleskySolve } from '../numeric/cholesky-solve.ts';
import { type CrossFit, crossFit } from './cross-fit.ts';
import { gram } from '../numeric/gram.ts';
import { methods } from '../methods/methods.ts';
import type { Problem } from '../problem/problem.ts';
import { randomNumbers } from '../numeric/random-numbers.ts';

const ROWS = 100;
const FOLDS = 4;
const MEMBERS = 5;
const folds = Int32Array.from({ length: ROWS }, (_, row) => row % FOLDS);
const all: BlendMethod[] = Object.values(methods);

const uniform = (random: () => number) => Float64Array.from({ length: ROWS }, random);
/** Sums of twelve: variance 1. */
const normal = (random: () => number) =>
  Float64Array.from({ length: ROWS }, () => Array.from({ length: 12 }, random).reduce((a, b) => a + b) - 6);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

function numbers(random: () => number): Problem {
  const members = times(MEMBERS, () => [normal(random)]);
  return { task: 'regression', metric: findMetric('rmse'), truth: [normal(random)], members };
}

/** Members that were trained on the labels of the other folds, as those of runs are: regressions on random features. */
function trained(random: () => number): Problem {
  const truth = normal(random);
  const members = times(MEMBERS, () => {
    const features = [new Float64Array(ROWS).fill(1), ...times(4, () => normal(random))];
    const predictions = new Float64Array(ROWS);
    for (let fold = 0; fold < FOLDS; fold++) {
      const seen = (column: Float64Array) => column.map((value, row) => (folds[row] === fold ? 0 : value));
      const products = gram([...features.map(seen), seen(truth)]);
      const coefficients = choleskySolve(
        products.slice(0, -1).map((row) => row.slice(0, -1)),
        products.at(-1)!.slice(0, -1),
      );
      for (let row = fold; row < ROWS; row += FOLDS)
        predictions[row] = coefficients.reduce((sum, value, f) => sum + value * features[f]![row]!, 0);
    }
    return [predictions];
  });
  return { task: 'regression', metric: findMetric('rmse'), truth: [truth], members };
}

function labels(random: () => number): Problem {
  const truth = uniform(random).map((value) => Number(value > 0.5));
  return {
    task: 'binary',
    metric: findMetric('roc-auc'),
    truth: [truth],
    members: times(MEMBERS, () => [uniform(random)]),
  };
}

function classes(random: () => number): Problem {
  const members = times(MEMBERS, () => {
    const columns = times(3, () => uniform(random).map((value) => 0.1 + value));
    return columns.map((column) =>
      column.map((value, row) => value / columns.reduce((sum, other) => sum + other[row]!, 0)),
    );
  });
  const truth = uniform(random).map((value) => Math.floor(3 * value));
  return { task: 'multi-class', metric: findMetric('log-loss'), truth: [truth], members };
}

/** The mean over several draws of how much better than chance it was. */
async function gain(
  method: BlendMethod,
  make: (random: () => number) => Problem,
  chance: (problem: Problem) => number,
  pick: (fit: CrossFit) => Float64Array[] = ({ nested }) => nested,
): Promise<{ gain: number; rows: number }> {
  // Growing trees takes longer than all the others together.
  const draws = method.name === 'boosting' ? 1 : 3;
  let total = 0;
  for (let draw = 0; draw < draws; draw++) {
    const problem = make(randomNumbers(1000 + draw));
    const score = problem.metric.score(problem.truth, pick(await crossFit(method, problem, folds)));
    const cost = problem.metric.name === 'rmse' ? score ** 2 : score;
    const sign = problem.metric.direction === 'lower' ? 1 : -1;
    total += sign * (chance(problem) - cost);
  }
  return { gain: total / draws, rows: draws * ROWS };
}

/** Of who says 0, the mean, each time. */
const squares = ({ truth }: Problem) => truth[0]!.reduce((sum, value) => sum + value ** 2, 0) / ROWS;

describe.each(all)('$name on random labels', (method) => {
  // Predictions p that know nothing of the labels y, whose variance is 1, are better than 0 by 2·mean(y·p) - mean(p²). With
  // s² for mean(p²) and n rows, that is 2·3·s/√n - s² at three standard errors, at most 9/n, whatever s is. Members that
  // were trained on the others' labels know a little of the fold's own, in reverse.
  it.each([numbers, trained])('no better than the mean: $name', async (make) => {
    const found = await gain(method, make, squares);
    expect(found.gain).toBeLessThan(9 / found.rows);
  });

  // The variance of the area under the curve of random scores is (n + 1) / (12·n₁·n₀), here about 1 / (3·n).
  it('no better than a coin', async () => {
    const found = await gain(method, labels, () => 0.5);
    expect(found.gain).toBeLessThan(3 * Math.sqrt(1 / (3 * found.rows)));
  });

  // With probabilities (1 + e)/3, the gain is mean(e of the true class) - mean(e²)/2: as above, at most 9/(2·n).
  it('no better than a third each', async () => {
    const found = await gain(method, classes, () => Math.log(3));
    expect(found.gain).toBeLessThan(4.5 / found.rows);
  });
});

it.each(['hill', 'boosting'] as const)(
  'the bound tells: %s beats chance where it is scored on what it was fitted to',
  async (name) => {
    const found = await gain(
      methods[name],
      labels,
      () => 0.5,
      ({ optimistic }) => optimistic,
    );
    expect(found.gain).toBeGreaterThan(3 * Math.sqrt(1 / (3 * found.rows)));
  },
);
