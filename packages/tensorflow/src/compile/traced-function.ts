/** What a trace gives: a TensorFlow function, what it takes beside its arguments, and what it does. */
import type { Pointer } from '../c-api/c-api.ts';
import type { tf } from '../tf.ts';
import type { Captured } from './captures.ts';
import type { Nested } from './nested.ts';

export interface TracedFunction {
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
  /** TF_Function. */
  native: Pointer;
  nodes: number;
}
