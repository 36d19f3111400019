/** The options of the executor: what the plugin says, and what a person may add on the command line. */
export interface TaskOptions {
  /** What is done; `submission` tells where it is. */
  step: 'folds' | 'fold' | 'cv' | 'ensemble' | 'submission';
  pipeline: string;
  /** Of the pipeline, to take instead of its own configuration. */
  experiment?: string;
  /** Its number, from 0. */
  fold?: number;
  /** What the step depends on of the pipeline's configuration, which the library reads by itself. */
  settings: object;
  /** Why the pipeline cannot be read. */
  error?: string;
  again?: boolean;
  device?: string;
  engine?: string;
  threads?: number;
  /** How `ensemble` blends; several with commas. */
  method?: string;
  quiet?: boolean;
  verbose?: boolean;
}

/** What the process of a step is asked for. */
export type Step = Omit<TaskOptions, 'settings' | 'error'> & {
  workspace: string;
  /** The runs to blend. */
  runs?: string[];
};
