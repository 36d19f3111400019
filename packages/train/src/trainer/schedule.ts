/** The learning rate over a training. */

/** The rate at `step` (from 0) of `steps`. */
export type Schedule = (step: number, steps: number) => number;

/**
 * Linear warm-up, then linear decay to zero (transformers' linear schedule): the first `warmup` share of all steps rises
 * from 0 to `peak`.
 */
export function linearSchedule({ warmup, peak }: { warmup: number; peak: number }): Schedule {
  return (step, steps) => {
    const rising = Math.floor(warmup * steps);
    return step < rising ? (peak * step) / rising : (peak * (steps - step)) / Math.max(1, steps - rising);
  };
}
