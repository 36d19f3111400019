/** The learning rate over a training: linear warm-up, then linear decay to zero (transformers' linear schedule). */

/** The rate at `step` (from 0) of `steps`, of which the first `warmup` share rises from 0 to `peak`. */
export function learningRate(
  step: number,
  { steps, warmup, peak }: { steps: number; warmup: number; peak: number },
) {
  const rising = Math.floor(warmup * steps);
  return step < rising ? (peak * step) / rising : (peak * (steps - step)) / Math.max(1, steps - rising);
}
