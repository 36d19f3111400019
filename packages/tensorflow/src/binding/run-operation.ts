/** Runs one operation, or one compiled function by its name, eagerly: TFE_Execute. */
import type { Context } from '../c-api/context.ts';
import type { Pointer } from '../c-api/c-api.ts';
import { setAttribute, type Attribute } from './attributes.ts';

/** The handles of the outputs, which the caller owns. @throws with TensorFlow's message. */
export function runOperation(
  context: Context,
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly Pointer[],
  outputCount: number,
): Pointer[] {
  const op = prepare(context, name, attributes, inputs);
  const outputs = new BigUint64Array(Math.max(outputCount, 1));
  try {
    context.checked(name, (status) => context.api.execute(op, outputs, Int32Array.of(outputCount), status));
  } finally {
    context.api.deleteOp(op);
  }
  return Array.from(outputs.subarray(0, outputCount));
}

/** The same on a worker thread, so that the event loop stays free. */
export async function runOperationAsync(
  context: Context,
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly Pointer[],
  outputCount: number,
): Promise<Pointer[]> {
  const { api } = context;
  const op = prepare(context, name, attributes, inputs);
  const outputs = new BigUint64Array(Math.max(outputCount, 1));
  const count = Int32Array.of(outputCount);
  // A status of its own: the context's is in use by other calls while this one runs.
  const status = api.newStatus();
  try {
    await new Promise<void>((resolve, reject) => {
      api.execute.async(op, outputs, count, status, (error: Error | null) =>
        error ? reject(error) : resolve(),
      );
    });
    if (api.getCode(status) !== 0) throw new Error(`${name}: ${api.message(status)}`);
  } finally {
    api.deleteStatus(status);
    api.deleteOp(op);
  }
  return Array.from(outputs.subarray(0, outputCount));
}

function prepare(
  { api, handle, checked }: Context,
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly Pointer[],
): Pointer {
  const op = checked(name, (status) => api.newOp(handle, name, status));
  try {
    checked(name, (status) => {
      for (const attribute of attributes) setAttribute(api, 'op', op, attribute, status);
    });
    for (const input of inputs) checked(name, (status) => api.opAddInput(op, input, status));
    return op;
  } catch (error) {
    api.deleteOp(op);
    throw error;
  }
}
