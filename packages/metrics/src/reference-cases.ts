/** For tests: the scores that scikit-learn and SciPy give, as fixtures/make_reference.py wrote them. */
import { readFileSync } from 'node:fs';
import { toClasses } from './to-classes.ts';
import type { Metric } from './metric.ts';

interface Case {
  name: string;
  truth: number[][];
  predictions: number[][];
  scores: Record<string, number | null>;
}

const { cases } = JSON.parse(
  readFileSync(new URL('../fixtures/reference.json', import.meta.url), 'utf8'),
) as {
  cases: Case[];
};

/** @returns for each case that has the metric: its name, the metric's score, and the least and most that it may be */
export function referenceCases({ name: metric, takes, score }: Metric) {
  return cases
    .filter(({ scores }) => metric in scores)
    .map(({ name, truth, predictions, scores }) => {
      const [t, p] = [truth, predictions].map((columns) =>
        columns.map((column) => Float64Array.from(column)),
      );
      const task = predictions.length > truth.length ? 'multi-class' : 'multi-label';
      const expected = scores[metric] ?? NaN;
      const slack = 1e-12 * Math.abs(expected);
      return {
        name,
        score: () => score(t!, takes === 'classes' ? toClasses(task, p!) : p!),
        least: expected - slack,
        most: expected + slack,
      };
    });
}
