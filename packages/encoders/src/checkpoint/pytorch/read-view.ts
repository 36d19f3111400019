/** Reads the elements of a tensor that is a view of a storage: all of it, a part, transposed, repeated. */
import type { FileHandle } from 'node:fs/promises';
import { floatDtypes, type FloatDtypeName } from '../dtypes.ts';
import { readFloats } from '../read-floats.ts';
import type { PytorchRecord } from './archive.ts';
import type { PytorchTensor } from './tensors.ts';

/** A tensor that is known to lie within its storage. */
export interface StoredTensor {
  name: string;
  file: string;
  dtype: FloatDtypeName;
  record: PytorchRecord;
  tensor: PytorchTensor;
}

/**
 * Fills `values`, row-major. A tensor that is all of its storage is checked by the archive's checksum; the others are not,
 * since many views of one storage would each read all of it.
 *
 * @throws if the checksum is wrong, or the file ends before
 */
export async function readView(
  handle: FileHandle,
  { name, file, dtype, record, tensor }: StoredTensor,
  values: Float32Array<ArrayBuffer>,
): Promise<void> {
  const { offset, shape, strides } = tensor;
  const { bytes } = floatDtypes[dtype];
  // From the first to the last element of the view.
  const span = shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, 1);
  const isRowMajor = isContiguous(shape, strides);
  const elements = isRowMajor ? values : new Float32Array(span);
  const isAll = offset === 0 && span * bytes === record.size;
  const checksum = isAll ? record.checksum() : undefined;
  await readFloats(handle, file, record.begin + offset * bytes, dtype, elements, checksum?.update);
  checksum?.check(`the tensor ${name}`);
  if (!isRowMajor) gather(elements, shape, strides, values);
}

/** Whether the elements lie in row-major order without gaps; the stride of an axis of one does not matter. */
function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}

function gather(
  elements: Float32Array,
  shape: readonly number[],
  strides: readonly number[],
  values: Float32Array,
): void {
  const size = shape.at(-1) ?? 1;
  const stride = strides.at(-1) ?? 1;
  const index = shape.slice(0, -1).fill(0);
  let start = 0;
  for (let row = 0; row < values.length; row += size) {
    for (let i = 0; i < size; i++) values[row + i] = elements[start + i * stride]!;
    for (let axis = index.length - 1; axis >= 0; axis--) {
      start += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      start -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}
