import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { learningRate } from './learning-rate.ts';

interface Schedule {
  steps: number;
  warmup: number;
  peak: number;
  rates: number[];
}
const schedules: Schedule[] = JSON.parse(
  readFileSync(new URL('../../fixtures/learning-rate.json', import.meta.url), 'utf8'),
);

describe('learningRate', () => {
  it.each(schedules)(
    "follows transformers' linear schedule over $steps steps with a warm-up of $warmup",
    ({ rates, peak, ...schedule }) => {
      rates.forEach((rate, step) =>
        expect(learningRate(step, { peak, ...schedule }) / peak).toBeCloseTo(rate / peak, 12),
      );
    },
  );
});
