/** The nearest of the values seen in the truth, or the nearest multiple of a step. */
import { z } from 'zod';
import { numberLine } from './number-line.ts';
import type { Parameters, PostProcessing, SettingsOf } from './post-processing.ts';

/** Undefined means the values seen. */
const settings = { step: z.number().positive().optional() };

export const round: PostProcessing<SettingsOf<typeof settings>> = {
  name: 'round',
  description: 'the nearest of the values seen in the truth, or the nearest multiple of a step',
  tasks: ['regression', 'ordinal'],
  settings,
  decides: true,
  suits: ({ takes }) => takes === 'numbers' || takes === 'classes',
  fit({ truth }, { step }): Parameters {
    if (step !== undefined) return { step };
    return { values: truth.map((column) => [...new Set(column)].sort((a, b) => a - b)) };
  },
  apply({ step, values }, predictions, task) {
    return numberLine(task, predictions).map((column, t) =>
      column.map((x) =>
        step === undefined ? nearest((values as number[][])[t]!, x) : multiple(x, step as number),
      ),
    );
  },
};

/** Of two that are as near, the lower one. */
function nearest(values: readonly number[], x: number): number {
  let low = 0;
  let high = values.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= x) low = middle;
    else high = middle;
  }
  return x - values[low]! <= values[high]! - x ? values[low]! : values[high]!;
}

/** Three steps of 0.1 are 0.3, not 0.30000000000000004. */
const multiple = (x: number, step: number): number => Number((Math.round(x / step) * step).toPrecision(15));
