/** Counting, searching and bits: DenseBincount, SearchSorted and BitwiseAnd. */
import { tf } from '../tf.ts';
import type { Call } from './kernel.ts';
import { DataType } from '../c-api/data-type.ts';
import { attribute, runOperation } from './operation.ts';

/**
 * How often each number below `size` comes up in x [n] or [rows, n], or the sum of its weights. A vector's counts are
 * cut to 0 and 1 by `binaryOutput` as those of rows are, which TensorFlow.js's plain kernel forgets.
 */
export function denseBincount({
  inputs: { x, weights },
  attrs: { size, binaryOutput },
  backend,
}: Call<{ size: number; binaryOutput?: boolean }>): tf.TensorInfo {
  const sizeTensor = tf.scalar(size, 'int32');
  try {
    return runOperation(backend, {
      name: 'DenseBincount',
      attributes: [
        attribute.type('Tidx', x!.dtype),
        attribute.type('T', weights!.dtype),
        attribute.bool('binary_output', binaryOutput ?? false),
      ],
      inputs: [x!, sizeTensor, weights!],
      outputs: 1,
    })[0]!;
  } finally {
    sizeTensor.dispose();
  }
}

/**
 * For each of the values [rows, m], where it would go into its row of the sorted ones [rows, n]. Whole numbers are
 * compared with floats as they are in float64, which holds both.
 */
export function searchSorted({
  inputs: { sortedSequence, values },
  attrs: { side },
  backend,
}: Call<{ side: 'left' | 'right' }>): tf.TensorInfo {
  const type = attribute.type('T', values!.dtype);
  const mixed = sortedSequence!.dtype !== values!.dtype;
  return runOperation(backend, {
    name: side === 'left' ? 'LowerBound' : 'UpperBound',
    attributes: [mixed ? { ...type, value: DataType.float64 } : type, attribute.type('out_type', 'int32')],
    inputs: [sortedSequence!, values!],
    outputs: 1,
    casts: mixed ? { 0: DataType.float64, 1: DataType.float64 } : {},
  })[0]!;
}

/** The bits that both have; shapes are broadcast. */
export function bitwiseAnd({ inputs: { a, b }, backend }: Call): tf.TensorInfo {
  return runOperation(backend, {
    name: 'BitwiseAnd',
    attributes: [attribute.type('T', a!.dtype)],
    inputs: [a!, b!],
    outputs: 1,
  })[0]!;
}
