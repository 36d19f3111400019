/** What a method of blending is. */
import type { Columns } from '@foldwise/metrics';
import type { Problem } from '../problem/problem.ts';

export interface BlendMethod {
  name: string;
  description: string;
  /** Who described it. */
  source: string;
  /** Whether the truth plays no part, so that nothing has to be nested. */
  isFixed?: boolean;
  /** @param problem one row or more */
  fit: (problem: Problem) => Blender | Promise<Blender>;
}

/** A fitted method. */
export interface Blender {
  /**
   * @param members predictions of other rows: [members][columns][rows]
   * @returns of the same kind, probabilities valid: [columns][rows]
   */
  blend: (members: readonly Columns[]) => Float64Array[];
  /** What each member counts, where that is one number for each: [members]. */
  weights?: readonly number[];
  /** What else was fitted, such as an intercept. */
  settings?: Readonly<Record<string, number>>;
}
