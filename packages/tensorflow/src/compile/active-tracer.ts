/** Which function is being compiled now; apart from the tracer, so that operations load without the C API. */
import type { FunctionTracer } from './function-tracer.ts';

let active: FunctionTracer | undefined;

/** The tracer of the function that is being compiled now, if one is. */
export function activeTracer(): FunctionTracer | undefined {
  return active;
}

/** Makes a tracer the active one, or none. */
export function activate(tracer: FunctionTracer | undefined): void {
  active = tracer;
}
