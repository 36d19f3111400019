/** Ends a training that has diverged, before its state follows the step. */
import type { Step } from '../trainer/trainer.ts';

/** @throws Error that names the settings, where the loss is no number any more */
export function finiteLoss<Batch>({ run }: Step<Batch>, { lr }: { lr: number }): Step<Batch> {
  return {
    run: async (batch, step, rate) => {
      const loss = await run(batch, step, rate);
      if (!Number.isFinite(loss))
        throw new Error(
          `The loss became ${loss} at step ${step + 1}: training diverged. Lower training.lr (now ${lr}) or training.clipNorm.`,
        );
      return loss;
    },
  };
}
