/** Matrix products in bf16 outside of compiled functions, where every tensor that is kept is float32. */
import { AttributeKind, type Attribute } from '../binding/attributes.ts';
import { runOperation } from '../binding/run-operation.ts';
import type { Pointer } from '../c-api/c-api.ts';
import { DataType } from '../c-api/data-type.ts';
import { asBfloat16 } from './autocast.ts';
import { operationKind } from './operation-kind.ts';
import { scope } from '../scope/scope.ts';

/** Whether the precision asks for bf16 in an operation on float32. */
export function roundsNow(name: string, attributes: readonly Attribute[]): boolean {
  return (
    scope().precision === 'bf16' &&
    operationKind(name) === 'product' &&
    attributes.some(({ name, value }) => name === 'T' && value === DataType.float32)
  );
}

/** `runOperation` on factors rounded to bf16, with a float32 result. */
export const runRounded: typeof runOperation = (context, name, attributes, inputs, outputCount) => {
  const { api } = context;
  const made: Pointer[] = [];
  const results: Pointer[] = [];
  const cast = (handle: Pointer, from: number, to: number): Pointer => {
    if (api.handleDataType(handle) !== from)
      return context.checked('tensor', (s) => api.shareHandle(handle, s));
    const types = [
      { name: 'SrcT', type: AttributeKind.type, value: from },
      { name: 'DstT', type: AttributeKind.type, value: to },
    ];
    return runOperation(context, 'Cast', types, [handle], 1)[0]!;
  };
  try {
    for (const handle of inputs) made.push(cast(handle, DataType.float32, DataType.bfloat16));
    const outputs = runOperation(context, name, attributes.map(asBfloat16), made, outputCount);
    made.push(...outputs);
    for (const handle of outputs) results.push(cast(handle, DataType.bfloat16, DataType.float32));
    return results;
  } catch (error) {
    for (const handle of results) api.deleteHandle(handle);
    throw error;
  } finally {
    for (const handle of made) api.deleteHandle(handle);
  }
};
