import { describe, expect, it } from 'vitest';
import { makeTables, plain } from '../testing/make-tables.ts';
import { inferCompetition } from './infer-competition.ts';

const { train, test, sample } = plain;

describe('inferCompetition: settings', () => {
  it.each([
    ['rmse', { epochs: 10, batch: 8, maxLength: 32, standardizeTargets: true }, undefined],
    ['rmsle', { epochs: 10, batch: 8, maxLength: 32, standardizeTargets: true, keep: 'last' }, 'clip'],
  ])(
    'standardizes numbers of any scale, and keeps those scored by %s within its range',
    (metric, training, postProcessing) => {
      const { settings, findings } = inferCompetition(
        makeTables({ ...train, y: (r) => 1e6 + r * 250 }, test, sample),
        { task: 'regression', metric },
      );
      expect(settings.training).toEqual(training);
      expect(settings.postProcessing).toBe(postProcessing);
      expect(findings.find(({ what }) => what === 'training')!.value).toMatch(/, standardizeTargets$/);
      expect(findings.some(({ why }) => why.includes('log(1 + target)'))).toBe(metric === 'rmsle');
    },
  );

  it('standardizes nothing where targets are classes', () => {
    expect(inferCompetition(makeTables(train, test, sample)).settings.training).toEqual({
      epochs: 10,
      batch: 8,
      maxLength: 32,
    });
  });
});
