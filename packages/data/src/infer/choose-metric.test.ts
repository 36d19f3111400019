import { describe, expect, it } from 'vitest';
import { always, bit, makeTables, oneOf, plain, share, type Columns } from '../testing/make-tables.ts';
import { inferCompetition } from './infer-competition.ts';

const { train, test, sample } = plain;

describe('inferCompetition: the metric', () => {
  it.each<[string, Columns[string], Columns[string], string]>([
    ['probabilities', bit, always('0.1'), 'roc-auc'],
    ['floats beside whole labels', bit, always('0.0'), 'roc-auc'],
    ['floats beside floats', oneOf('0.0', '1.0'), always('0.0'), 'accuracy'],
    ['decisions, of labels one of which is rare', (r) => Number(r % 12 === 5), always(0), 'f1'],
    ['decisions, of some labels that are missing', oneOf(0, 1, ''), always(0), 'accuracy'],
  ])('chooses the metric of two classes by a sample of %s', (_, label, cell, metric) => {
    const { manifest, findings } = inferCompetition(
      makeTables({ ...train, y: label }, test, { ...sample, y: cell }),
    );
    expect(manifest.metric).toBe(metric);
    expect(findings.find(({ what }) => what === 'metric')!.why).toMatch(
      /; the files do not tell it: --metric [a-z0-9-]+, [a-z0-9-]+, [a-z0-9-]+ or another$/,
    );
  });

  it.each<[string, Columns[string], string]>([
    ['prices', (r) => (r === 9 ? '2000' : ((r * 13) % 57) + 3.5), 'rmsle'],
    ['prices below zero', (r) => (r === 9 ? '-2000' : ((r * 13) % 57) + 3.5), 'rmse'],
    ['shares, most of them 0', (r) => (r % 3 ? '0' : share(r)), 'rmse'],
    ['any others', (r) => (((r * 37) % 101) / 40 - 2.5).toFixed(4), 'rmse'],
  ])('chooses the metric of numbers by their spread: %s', (_, cell, metric) => {
    expect(inferCompetition(makeTables({ ...train, y: cell }, test, sample)).manifest).toMatchObject({
      task: 'regression',
      metric,
    });
  });
});
