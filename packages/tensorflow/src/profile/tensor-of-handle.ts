/** The values behind eager tensors, as a session takes them. */
import { allocateTensor } from '../binding/tensor-memory.ts';
import type { Pointer } from '../c-api/c-api.ts';
import type { Context } from '../c-api/context.ts';
import { DataType } from '../c-api/data-type.ts';
import { copyMemory } from '../c-api/memory.ts';

/** The type and shape of a TFE_TensorHandle. */
export function describeHandle(
  { api, checked }: Context,
  handle: Pointer,
): { dtype: number; shape: number[] } {
  const rank = checked('shape', (s) => api.handleNumDims(handle, s));
  const shape = Array.from({ length: rank }, (_, i) => checked('shape', (s) => api.handleDim(handle, i, s)));
  return { dtype: api.handleDataType(handle), shape };
}

/** A TF_Tensor that shares the handle's memory, where that is the CPU's; the caller deletes it. */
export function tensorOf({ api, checked }: Context, handle: Pointer): Pointer {
  return checked('reading a tensor', (s) => api.resolveHandle(handle, s));
}

/**
 * A TF_Tensor with memory of its own, for variables: some operations update them in place, whoever else holds that
 * memory. Strings are not copied, as nothing changes them in place.
 */
export function copyOf(context: Context, handle: Pointer): Pointer {
  const { api } = context;
  const { dtype, shape } = describeHandle(context, handle);
  const tensor = tensorOf(context, handle);
  if (dtype === DataType.string) return tensor;
  try {
    const bytes = api.tensorByteSize(tensor);
    const copy = allocateTensor(context, shape, dtype, bytes);
    copyMemory(api.tensorData(copy), api.tensorData(tensor), bytes);
    return copy;
  } finally {
    api.deleteTensor(tensor);
  }
}
