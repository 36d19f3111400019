/** Scores epochs on the rows that choose one, and remembers the best. */
import type { Metric } from '@foldwise/metrics';
import type { Callback } from '../trainer/callback.ts';

export interface EvaluationOptions {
  /** Predicts the rows that choose an epoch. */
  predict: (epoch: number) => Promise<Float64Array[]>;
  /** The metric on what `predict` gives. */
  score: (predictions: Float64Array[]) => number;
  direction: Metric['direction'];
  /** Whether the last epoch is taken, whatever it scores: no other one is predicted then. */
  lastOnly: boolean;
}

export function evaluation({ predict, score, direction, lastOnly }: EvaluationOptions): Callback {
  return {
    endOfEpoch: async ({ state, epoch, epochs }, record) => {
      if (lastOnly && epoch < epochs) return;
      const start = performance.now();
      const chosenBy = await predict(epoch);
      record.score = score(chosenBy);
      state.seconds.predicting += (performance.now() - start) / 1000;
      if (!state.best || isBetter(record.score, state.best.score, direction))
        state.best = { epoch, score: record.score, chosenBy };
    },
  };
}

/** A score that is not defined (a correlation with constant predictions) is worse than any other. */
function isBetter(score: number, than: number, direction: Metric['direction']): boolean {
  if (Number.isNaN(than)) return !Number.isNaN(score);
  return direction === 'lower' ? score < than : score > than;
}
