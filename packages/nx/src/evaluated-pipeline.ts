/** What evaluating a `pipeline.ts` gives: its experiments, or why it cannot be read. */

export type EvaluatedPipeline =
  | {
      competition: string;
      /** Whether the pipeline names them: one that does not has one experiment, `base`. */
      named: boolean;
      experiments: EvaluatedExperiment[];
    }
  | { error: string };

export interface EvaluatedExperiment {
  name: string;
  /** The whole configuration, as JSON; functions by their text. */
  settings: Record<string, unknown>;
  /** How many trainings the split takes; null where only the data tells. */
  folds: number | null;
}
