/**
 * Ragged tensors, as flat values with the rows' limits: RaggedGather, RaggedRange and RaggedTensorToTensor. How long
 * the results are depends on values, so that compiled functions cannot have them.
 */
import type { tf } from '../tf.ts';
import type { Call } from './kernel.ts';
import { attribute, runOperation } from './operation.ts';

interface GatherInputs {
  paramsNestedSplits: tf.TensorInfo[];
  paramsDenseValues: tf.TensorInfo;
  indices: tf.TensorInfo;
}

/** Rows by their indices: the limits on each level, then the values. */
export function raggedGather({
  inputs: { paramsNestedSplits, paramsDenseValues, indices },
  backend,
}: Call<object, GatherInputs>): tf.TensorInfo[] {
  const levels = paramsNestedSplits.length;
  // Counted here as TensorFlow counts: TensorFlow.js lets its attribute be anything.
  const outputLevels = levels + indices.shape.length - 1;
  return runOperation(backend, {
    name: 'RaggedGather',
    attributes: [
      attribute.type('Tvalues', paramsDenseValues.dtype),
      attribute.type('Tindices', indices.dtype),
      attribute.type('Tsplits', 'int32'),
      attribute.int('PARAMS_RAGGED_RANK', levels),
      attribute.int('OUTPUT_RAGGED_RANK', outputLevels),
    ],
    inputs: [...paramsNestedSplits, paramsDenseValues, indices],
    outputs: outputLevels + 1,
  });
}

/** A range a row: the rows' limits, then the values. */
export function raggedRange({ inputs: { starts, limits, deltas }, backend }: Call): tf.TensorInfo[] {
  return runOperation(backend, {
    name: 'RaggedRange',
    attributes: [attribute.type('T', starts!.dtype), attribute.type('Tsplits', 'int32')],
    inputs: [starts!, limits!, deltas!],
    outputs: 2,
  });
}

interface ToTensorInputs {
  shape: tf.TensorInfo;
  values: tf.TensorInfo;
  defaultValue: tf.TensorInfo;
  rowPartitionTensors: tf.TensorInfo[];
}

/** A tensor of the rows, filled up with the default value. */
export function raggedTensorToTensor({
  inputs: { shape, values, defaultValue, rowPartitionTensors },
  attrs: { rowPartitionTypes },
  backend,
}: Call<{ rowPartitionTypes: string[] }, ToTensorInputs>): tf.TensorInfo {
  return runOperation(backend, {
    name: 'RaggedTensorToTensor',
    attributes: [
      attribute.type('T', values.dtype),
      attribute.type('Tindex', 'int32'),
      attribute.type('Tshape', 'int32'),
      attribute.int('num_row_partition_tensors', rowPartitionTensors.length),
      attribute.strings('row_partition_types', rowPartitionTypes),
    ],
    inputs: [shape, values, defaultValue, ...rowPartitionTensors],
    outputs: 1,
  })[0]!;
}
