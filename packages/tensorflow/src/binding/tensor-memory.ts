/** Tensors between JavaScript's arrays and TensorFlow's memory. Strings are arrays of bytes, as in TensorFlow.js. */
import { bytesPerElement, DataType, dataTypeName } from '../c-api/data-type.ts';
import type { Context } from '../c-api/context.ts';
import type { Pointer } from '../c-api/c-api.ts';
import { quietly } from '../c-api/load-quietly.ts';
import { copyMemory } from '../c-api/memory.ts';
import { int64s } from './attributes.ts';

export type TensorValues = Float32Array | Int32Array | Uint8Array | BigInt64Array | Uint8Array[] | number[];

/** sizeof(TF_TString). */
export const stringBytes = 24;

/** How many elements a tensor of this shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** A new TF_Tensor that holds a copy of the values. @throws if they do not fit the shape, or there is no memory. */
export function writeTensor({ api }: Context, shape: number[], dtype: number, values: TensorValues): Pointer {
  const count = sizeOf(shape);
  if (dtype === DataType.string) return writeStrings({ api }, shape, count, values as Uint8Array[]);
  const size = bytesPerElement[dtype];
  if (size === undefined) throw new Error(`Cannot make a tensor of ${dataTypeName(dtype)}.`);
  const source = asTyped(values, dtype);
  if (source.byteLength !== count * size)
    throw new Error(
      `A ${dataTypeName(dtype)} tensor of shape [${shape}] takes ${count} values (${count * size} bytes), got ${source.byteLength} bytes.`,
    );
  const tensor = allocateTensor({ api }, shape, dtype, source.byteLength);
  copyMemory(api.tensorData(tensor), source, source.byteLength);
  return tensor;
}

/** A new TF_Tensor whose bytes are not set yet. @throws where TensorFlow has no more memory. */
export function allocateTensor(
  { api }: Pick<Context, 'api'>,
  shape: readonly number[],
  dtype: number,
  bytes: number,
): Pointer {
  const tensor = api.allocateTensor(dtype, int64s(shape), shape.length, bytes);
  if (bytes === 0 || api.tensorData(tensor)) return tensor;
  quietly(() => api.deleteTensor(tensor)); // It logs an error where there are no bytes to free.
  throw new Error(
    `TensorFlow has no memory for a ${dataTypeName(dtype)} tensor of shape [${shape}], which takes ${bytes} bytes.`,
  );
}

/** The values of a TF_Tensor, copied. */
export function readTensor({ api }: Context, tensor: Pointer, dtype: number): TensorValues {
  const bytes = api.tensorByteSize(tensor);
  if (dtype === DataType.string) return readStrings({ api }, tensor, bytes / stringBytes);
  const data = new Uint8Array(bytes);
  copyMemory(data, api.tensorData(tensor), bytes);
  if (dtype === DataType.float32 || dtype === DataType.complex64) return new Float32Array(data.buffer);
  if (dtype === DataType.int32) return new Int32Array(data.buffer);
  if (dtype === DataType.int64) return new BigInt64Array(data.buffer);
  return data;
}

/** What `use` makes of a handle's value on the CPU. */
export function withTensor<R>({ api, checked }: Context, handle: Pointer, use: (tensor: Pointer) => R): R {
  const tensor = checked('reading a tensor', (status) => api.resolveHandle(handle, status));
  try {
    return use(tensor);
  } finally {
    api.deleteTensor(tensor);
  }
}

function asTyped(values: TensorValues, dtype: number): ArrayBufferView {
  if (dtype === DataType.float32)
    return values instanceof Float32Array ? values : Float32Array.from(values as number[]);
  if (dtype === DataType.int32)
    return values instanceof Int32Array ? values : Int32Array.from(values as number[]);
  if (dtype === DataType.bool || dtype === DataType.uint8)
    return values instanceof Uint8Array ? values : Uint8Array.from(values as number[]);
  return values as Float32Array;
}

function writeStrings(
  { api }: Pick<Context, 'api'>,
  shape: number[],
  count: number,
  values: Uint8Array[],
): Pointer {
  if (values.length !== count)
    throw new Error(`A string tensor of shape [${shape}] takes ${count} values, got ${values.length}.`);
  // TensorFlow never frees what a string of more than 22 bytes holds apart from the tensor: no place for large texts.
  const tensor = allocateTensor({ api }, shape, DataType.string, count * stringBytes);
  const data = api.tensorData(tensor);
  // All of them, since what is freed with the tensor must be a string.
  for (let i = 0; i < count; i++) api.stringInit(data + BigInt(i * stringBytes));
  try {
    values.forEach((bytes, i) => api.stringCopy(data + BigInt(i * stringBytes), bytes, bytes.length));
  } catch (error) {
    api.deleteTensor(tensor);
    throw error;
  }
  return tensor;
}

function readStrings({ api }: Pick<Context, 'api'>, tensor: Pointer, count: number): Uint8Array[] {
  const data = api.tensorData(tensor);
  return Array.from({ length: count }, (_, i) => {
    const string = data + BigInt(i * stringBytes);
    const bytes = new Uint8Array(api.stringSize(string));
    copyMemory(bytes, api.stringData(string), bytes.length);
    return bytes;
  });
}
