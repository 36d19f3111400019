/**
 * Metrics with a number in their names: `fbeta:2` and `fbeta-macro:0.5`, in which a weight follows a colon; `map@3`, in
 * which a depth follows an at sign.
 */
import { fBeta } from '../classification/f-beta.ts';
import { mapAt } from '../ranking/map-at.ts';
import type { Metric } from '../metric.ts';
import { mrr } from '../ranking/mrr.ts';
import { ndcg } from '../ranking/ndcg.ts';

export interface MetricFamily {
  /** What stands before the number, with the sign. */
  prefix: string;
  /** A number of use, for lists and errors. */
  example: number;
  create: (parameter: number) => Metric;
}

const fBetas = fBeta(2).map(({ name }): MetricFamily => {
  const prefix = name.slice(0, -1);
  return {
    prefix,
    example: 2,
    create: (beta) => fBeta(beta).find((metric) => metric.name.startsWith(prefix))!,
  };
});

export const metricFamilies: readonly MetricFamily[] = [
  ...fBetas,
  { prefix: 'map@', example: 3, create: mapAt },
  { prefix: 'mrr@', example: 10, create: mrr },
  { prefix: 'ndcg@', example: 10, create: ndcg },
];
