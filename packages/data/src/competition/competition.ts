/** A competition's rows, as the rest of Foldwise reads them. */
import type { Sample } from './check-sample.ts';
import type { WarningKind } from '../problems/warnings.ts';
import type { Manifest } from './manifest.ts';

export interface Rows {
  /** Unique, not empty, in the file's order: [rows]. */
  ids: string[];
  /** One array for each text column, or a single one where the manifest has a separator: [columns][rows]. */
  texts: string[][];
}

export interface Competition {
  manifest: Manifest;
  train: Rows & {
    /**
     * One array for each target column: [targets][rows]. Multi-class and ordinal: the index of the class; binary and
     * multi-label: 0 or 1.
     */
    targets: Float64Array[];
    /** Further columns, by their names: the manifest's group, and those that were asked for. */
    extra: Record<string, string[]>;
  };
  test: Rows;
  sample: Sample;
  /**
   * Of multi-class and ordinal tasks, in their index's order: the manifest's, else numbers by value and names by
   * character code. Undefined for other tasks.
   */
  classes: string[] | undefined;
  /** What looks wrong, as far as that shows at once; `checkCompetition` finds more. */
  warnings: WarningKind[];
}
