/** MaxPoolWithArgmax: the greatest values of windows, and where they are in the flattened image or batch. */
import { tf } from '../tf.ts';
import type { Call } from './kernel.ts';
import { attribute, runOperation } from './operation.ts';

interface Windows {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'valid' | 'same' | number;
  includeBatchInIndex: boolean;
}

/**
 * x [batch, height, width, channels] to two tensors of the pooled shape.
 * @throws with a padding in numbers, which TensorFlow's operation lacks.
 */
export function maxPoolWithArgmax({
  inputs: { x },
  attrs: { filterSize, strides, pad, includeBatchInIndex },
  backend,
}: Call<Windows>): tf.TensorInfo[] {
  const shape = x!.shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad);
  const padding = info.padInfo.type;
  if (padding !== 'VALID' && padding !== 'SAME')
    throw new Error(
      `maxPoolWithArgmax got the padding ${pad}; expected 'valid' or 'same', which are what TensorFlow has. Pad the images before.`,
    );
  return runOperation(backend, {
    name: 'MaxPoolWithArgmax',
    attributes: [
      attribute.type('T', x!.dtype),
      attribute.type('Targmax', 'int32'),
      attribute.ints('ksize', [1, info.filterHeight, info.filterWidth, 1]),
      attribute.ints('strides', [1, info.strideHeight, info.strideWidth, 1]),
      attribute.string('padding', padding),
      attribute.bool('include_batch_in_index', includeBatchInIndex),
    ],
    inputs: [x!],
    outputs: 2,
  });
}
