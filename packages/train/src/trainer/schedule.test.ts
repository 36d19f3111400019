import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linearSchedule } from './schedule.ts';

interface Rates {
  steps: number;
  warmup: number;
  peak: number;
  rates: number[];
}
const schedules = JSON.parse(
  readFileSync(new URL('../../fixtures/learning-rate.json', import.meta.url), 'utf8'),
) as Rates[];

describe('linearSchedule', () => {
  it.each(schedules)(
    "follows transformers' linear schedule over $steps steps with a warm-up of $warmup",
    ({ rates, steps, ...settings }) => {
      const schedule = linearSchedule(settings);
      rates.forEach((rate, step) =>
        expect(schedule(step, steps) / settings.peak).toBeCloseTo(rate / settings.peak, 12),
      );
    },
  );
});
