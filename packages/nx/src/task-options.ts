/** The options of the executor: what the plugin says, and what a person may add on the command line. */
export interface TaskOptions {
  /** The arguments of `foldwise`; none for the step that tells where the submission is. */
  command: string[];
  /** What the step depends on of the pipeline's configuration, which the command reads by itself. */
  settings: object;
  /** Why the pipeline cannot be read. */
  error?: string;
  again?: boolean;
  device?: string;
  engine?: string;
  threads?: number;
  method?: string;
  quiet?: boolean;
  verbose?: boolean;
}
