/** Sets the attributes that TensorFlow.js kernels give an operation, on an eager op or on a graph node alike. */
import type { CApi, Pointer } from '../c-api/c-api.ts';

/** TFJSBinding's numbers for kinds of attributes. */
export const AttributeKind = {
  string: 0,
  int: 1,
  float: 2,
  bool: 3,
  type: 4,
  shape: 5,
  resource: 6,
} as const;

export interface Attribute {
  name: string;
  type: number;
  value: unknown;
}

/** Sets one attribute; an array stands for the list form of its kind. @throws on a kind that has no form here. */
export function setAttribute(
  api: CApi,
  on: 'op' | 'node',
  target: Pointer,
  { name, type, value }: Attribute,
  status: Pointer,
): void {
  const eager = on === 'op';
  if (Array.isArray(value) && type !== AttributeKind.shape) {
    const length = value.length;
    if (type === AttributeKind.int) {
      (eager ? api.opSetInts : api.nodeSetInts)(target, name, int64s(value as number[]), length);
      return;
    }
    if (type === AttributeKind.float) {
      (eager ? api.opSetFloats : api.nodeSetFloats)(target, name, Float32Array.from(value), length);
      return;
    }
    if (type === AttributeKind.type) {
      (eager ? api.opSetTypes : api.nodeSetTypes)(target, name, Int32Array.from(value), length);
      return;
    }
    if (type === AttributeKind.string) {
      const lengths = BigUint64Array.from(value as string[], (s) => BigInt(Buffer.byteLength(s)));
      (eager ? api.opSetStrings : api.nodeSetStrings)(target, name, value as string[], lengths, length);
      return;
    }
  } else {
    if (type === AttributeKind.type) {
      (eager ? api.opSetType : api.nodeSetType)(target, name, value as number);
      return;
    }
    if (type === AttributeKind.int) {
      (eager ? api.opSetInt : api.nodeSetInt)(target, name, value as number);
      return;
    }
    if (type === AttributeKind.float) {
      (eager ? api.opSetFloat : api.nodeSetFloat)(target, name, value as number);
      return;
    }
    if (type === AttributeKind.bool) {
      (eager ? api.opSetBool : api.nodeSetBool)(target, name, value ? 1 : 0);
      return;
    }
    if (type === AttributeKind.string) {
      const bytes = Buffer.from(value as string);
      (eager ? api.opSetString : api.nodeSetString)(target, name, bytes, bytes.length);
      return;
    }
    if (type === AttributeKind.shape) {
      const dims = int64s(value as number[]);
      if (eager) api.opSetShape(target, name, dims, dims.length, status);
      else api.nodeSetShape(target, name, dims, dims.length);
      return;
    }
  }
  throw new Error(`Attribute "${name}" is of kind ${type}, which the TensorFlow binding does not set.`);
}

/** Numbers as the int64_t array that the C API takes. */
export function int64s(values: readonly number[]): BigInt64Array {
  return BigInt64Array.from(values, BigInt);
}
