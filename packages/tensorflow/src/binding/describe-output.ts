/** What an operation gives, and whether TensorFlow.js can hold it. */
import type { Pointer } from '../c-api/c-api.ts';
import type { Context } from '../c-api/context.ts';
import { DataType, dataTypeName } from '../c-api/data-type.ts';

/** The types that a tensor of TensorFlow.js may have; in a trace, float32 may stand for bf16. */
const typesOfTraces: readonly number[] = Object.values(DataType);
const types = typesOfTraces.filter((type) => type !== DataType.bfloat16);

/** The shape and the TF_DataType behind a handle. @throws for a type that TensorFlow.js does not have. */
export function describeOutput(
  { api, checked }: Context,
  operation: string,
  handle: Pointer,
): { shape: number[]; dtype: number } {
  const rank = checked('shape', (s) => api.handleNumDims(handle, s));
  const shape = Array.from({ length: rank }, (_, i) => checked('shape', (s) => api.handleDim(handle, i, s)));
  const dtype = api.handleDataType(handle);
  check(operation, dtype, types);
  return { shape, dtype };
}

/** @throws for a type that no tensor of TensorFlow.js stands for in a trace. */
export function checkTracedType(operation: string, dtype: number): void {
  check(operation, dtype, typesOfTraces);
}

function check(operation: string, dtype: number, known: readonly number[]): void {
  if (!known.includes(dtype))
    throw new Error(
      `${operation} gives a tensor of ${dataTypeName(dtype)}, a type that TensorFlow.js does not have.`,
    );
}
