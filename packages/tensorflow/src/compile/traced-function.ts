/** What a trace gives: what was made of its graph, what that takes beside its arguments, and what it does. */
import type { GraphTrace } from '../binding/graph-trace.ts';
import type { GraphOutput } from '../c-api/c-api.ts';
import type { tf } from '../tf.ts';
import type { Captured } from './captures.ts';
import type { Nested } from './nested.ts';

/** Makes something of a traced graph and the nodes of the function's outputs, before the graph is gone. */
export type MakeOfGraph<M> = (
  trace: GraphTrace,
  outputs: readonly GraphOutput[],
  uses: { captured: readonly Captured[]; created: readonly tf.Variable[] },
) => M;

export interface TracedFunction<M> {
  captured: readonly Captured[];
  /** The captured variables that it updates. */
  updated: ReadonlySet<tf.Variable>;
  /** Those among them whose memory it writes into, so that they must share it with nothing. */
  written: ReadonlySet<tf.Variable>;
  /**
   * Variables that `fn` made (an optimizer's slots, say). Where there are any, the outputs are their initial values
   * instead of the result, and another trace will capture them like all others.
   */
  created: tf.Variable[];
  outputs: { shape: number[]; dtype: number }[];
  /** Whether an input is of strings. */
  takesStrings: boolean;
  /** What each call does to JavaScript's objects: an optimizer counts its steps. */
  effects: readonly (() => void)[];
  /** The structure that the function returned; its tensors stand for the outputs, in order. */
  result: Nested;
  made: M;
  nodes: number;
}
