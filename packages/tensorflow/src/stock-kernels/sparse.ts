/** Sparse tensors, as indices and values: SparseFillEmptyRows, SparseReshape, SparseSegmentMean and SparseSegmentSum. */
import { DataType } from '../c-api/data-type.ts';
import type { tf } from '../tf.ts';
import type { Call } from './kernel.ts';
import { attribute, runOperation } from './operation.ts';

const { int64 } = DataType;
const indexTypes = [attribute.type('Tidx', 'int32'), attribute.type('Tsegmentids', 'int32')];

/** The default value for rows without any: indices, values, which rows were empty, and where each value went. */
export function sparseFillEmptyRows({
  inputs: { indices, values, denseShape, defaultValue },
  backend,
}: Call): tf.TensorInfo[] {
  return runOperation(backend, {
    name: 'SparseFillEmptyRows',
    attributes: [attribute.type('T', values!.dtype)],
    inputs: [indices!, values!, denseShape!, defaultValue!],
    outputs: 4,
    casts: { 0: int64, 2: int64 },
  });
}

/** Indices and shape of the same elements in another shape. */
export function sparseReshape({
  inputs: { inputIndices, inputShape, newShape },
  backend,
}: Call): tf.TensorInfo[] {
  return runOperation(backend, {
    name: 'SparseReshape',
    attributes: [],
    inputs: [inputIndices!, inputShape!, newShape!],
    outputs: 2,
    casts: { 0: int64, 1: int64, 2: int64 },
  });
}

/** The sum of the rows of each segment. */
export function sparseSegmentSum({ inputs, backend }: Call): tf.TensorInfo {
  const { data, indices, segmentIds } = inputs;
  return runOperation(backend, {
    name: 'SparseSegmentSum',
    attributes: [attribute.type('T', data!.dtype), ...indexTypes],
    inputs: [data!, indices!, segmentIds!],
    outputs: 1,
  })[0]!;
}

/** The mean of the rows of each segment, of whole numbers towards 0. */
export function sparseSegmentMean({ inputs, backend }: Call): tf.TensorInfo {
  const { data, indices, segmentIds } = inputs;
  const whole = data!.dtype === 'int32';
  return runOperation(backend, {
    name: 'SparseSegmentMean',
    attributes: [
      { ...attribute.type('T', data!.dtype), ...(whole && { value: DataType.float64 }) },
      ...indexTypes,
    ],
    inputs: [data!, indices!, segmentIds!],
    outputs: 1,
    casts: whole ? { 0: DataType.float64 } : {},
  })[0]!;
}
