import { describe, expect, it } from 'vitest';
import { costliestRows } from './costliest-rows.ts';
import { findMetric } from '../registry/find-metric.ts';
import { jackknife } from './jackknife.ts';
import { scoreCounter } from './score-counter.ts';

function costs(metric: string, truth: number[][], predictions: number[][], count = 3, weights?: number[]) {
  const columns = (values: number[][]) => values.map((column) => Float64Array.from(column));
  const scored = {
    metric: findMetric(metric),
    truth: columns(truth),
    predictions: columns(predictions),
    weights: weights && Float64Array.from(weights),
  };
  const counter = scoreCounter(scored);
  return costliestRows(scored, counter, jackknife(counter), count);
}

const near = (value: number): number => expect.closeTo(value, 12) as number;

describe('costliestRows', () => {
  it("are those of the largest own loss, where the metric is the losses' mean", () => {
    expect(costs('rmse', [[1, 2, 3, 4]], [[1, 4, 2, 4]])).toEqual({
      what: "the row's squared error",
      screened: false,
      rows: [{ row: 1, cost: 4, alike: 1 }, { row: 2, cost: 1, alike: 1 }], // prettier-ignore
    });
    expect(costs('log-loss', [[1, 0, 1]], [[0.5, 0.75, 0.9]], 2).rows).toEqual([
      { row: 1, cost: near(Math.log(4)), alike: 1 },
      { row: 0, cost: near(Math.log(2)), alike: 1 },
    ]);
  });

  it('average over targets, and times the weight', () => {
    const { what, rows } = costs('mcrmse', [[0, 0], [0, 0]], [[1, 2], [3, 0]], 2, [1, 3]); // prettier-ignore
    expect(what).toBe("the row's squared error, times its weight");
    expect(rows).toEqual([{ row: 1, cost: 6, alike: 1 }, { row: 0, cost: 5, alike: 1 }]); // prettier-ignore
  });

  it('are, for accuracy, the rows that are wrong, and how many are alike', () => {
    const { what, rows } = costs('accuracy', [[1, 0, 1, 0]], [[1, 1, 1, 1]]);
    expect(what).toBe("1 - the row's own accuracy");
    expect(rows).toEqual([{ row: 1, cost: 1, alike: 2 }, { row: 3, cost: 1, alike: 2 }]); // prettier-ignore
  });

  it('are those without which the score is best, for other metrics', () => {
    // Of 2 × 3 pairs, .3 and .1 are won by .4 and .35 both, .38 by .4: 5 of 6. Without .38, 4 of 4; without .35, 3 of 3.
    const { what, rows } = costs('roc-auc', [[1, 1, 0, 0, 0]], [[0.4, 0.35, 0.3, 0.1, 0.38]]);
    expect(what).toBe('how much better roc-auc is without the row');
    expect(rows).toEqual([
      { row: 1, cost: near(1 / 6), alike: 1 },
      { row: 4, cost: near(1 / 6), alike: 1 },
    ]);
    // F1 of 2 right, 1 wrongly taken, 1 missed: 4/6; without either error 4/5.
    expect(costs('f1', [[1, 1, 0, 1, 0]], [[1, 1, 1, 0, 0]]).rows).toEqual([
      { row: 2, cost: near(4 / 5 - 4 / 6), alike: 1 },
      { row: 3, cost: near(4 / 5 - 4 / 6), alike: 1 },
    ]);
  });

  it('are looked for among the rows of the furthest ranks where there are many', () => {
    const rows = 3000;
    const truth = Float64Array.from({ length: rows }, (_, row) => row);
    const predictions = truth.map((y) => y + (y % 7) / 10);
    predictions[5] = 2900;
    predictions[2500] = 100;
    const scored = { metric: findMetric('spearman'), truth: [truth], predictions: [predictions] };
    const counter = scoreCounter(scored);
    // The parts of the jackknife are for the interval only, and not needed here.
    const left = { of: 'parts', scores: new Float64Array(0), sizes: new Float64Array(0) } as const;
    const { screened, rows: found } = costliestRows(scored, counter, left, 2);
    expect(screened).toBe(true);
    expect(found.map(({ row }) => row)).toEqual([5, 2500]);
  });
});
