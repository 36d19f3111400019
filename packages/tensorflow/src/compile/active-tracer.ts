/** Which function is being compiled now; apart from its tracer, so that operations load without the C API. */
import type { tf } from '../tf.ts';
import type { StandIn } from './captures.ts';
import type { VariableUpdates } from './variable-updates.ts';

/** What operations and optimizers ask of the trace that they are part of. */
export interface Tracer {
  /** For operations that update variables, instead of assigning to them; undefined where the function does not bear it. */
  readonly updates: VariableUpdates | undefined;
  /** A scalar that each call of the function reads. */
  number(read: () => number): tf.Tensor;
  /** Runs `body`, in which a number in the code of others stands for one that each call reads. */
  withStandIn<R>(standIn: StandIn, body: () => R): R;
  /** Makes a variable with a value of outside, which the function finds as if it had been there before. */
  makeOutside(make: () => tf.Variable): tf.Variable;
  /** Does something to JavaScript's objects at each call. */
  atEachCall(effect: () => void): void;
}

let active: Tracer | undefined;

/** The tracer of the function that is being compiled now, if one is. */
export function activeTracer(): Tracer | undefined {
  return active;
}

/** Makes a tracer the active one, or none. */
export function activate(tracer: Tracer | undefined): void {
  active = tracer;
}
