/**
 * Pools with paddings in numbers, of images and of volumes, which tfjs-node refuses. Means leave the padding out, as with
 * TensorFlow.js's plain backend.
 */
import { tf } from '../tf.ts';
import type { Call as KernelCall, StockKernel } from './kernel.ts';
import { paddedAxes, paddingsOf, withoutPaddings, type Axis } from './paddings.ts';

interface Windows {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Call = KernelCall<Windows>;

/** The kernel with the name, or the one of its gradient, for all paddings. */
export function paddedPool(name: string, original: StockKernel) {
  const isMean = name.startsWith('Avg');
  return (call: Call): tf.TensorInfo => {
    const { x, dy, input, ...rest } = call.inputs;
    const axes = axesOf(x ?? input!, call.attrs);
    if (!axes) return original(call);
    const paddings = paddingsOf(axes, 'channelsLast');
    const padded = (tensor: tf.Tensor) => tf.pad(tensor, paddings, isMean ? 0 : lowest(tensor.dtype));
    const run = (inputs: Call['inputs']) =>
      original({ ...call, inputs, attrs: { ...call.attrs, pad: 'valid', dimRoundingMode: undefined } });
    return tf.tidy(() => {
      if (x) {
        const pooled = run({ x: padded(x) });
        return isMean ? tf.mul(pooled, weights(axes)) : pooled;
      }
      const weighted = isMean ? tf.mul(dy!, weights(axes)) : dy!;
      return withoutPaddings(run({ ...rest, dy: weighted, input: padded(input!) }), paddings);
    });
  };
}

function axesOf({ shape }: tf.TensorInfo, { filterSize, strides, pad, dimRoundingMode }: Windows) {
  const windows = [filterSize, strides, 1, pad, dimRoundingMode] as const;
  return paddedAxes(
    shape.length === 4
      ? tf.backend_util.computePool2DInfo(shape as [number, number, number, number], ...windows)
      : tf.backend_util.computePool3DInfo(
          shape as [number, number, number, number, number],
          ...(windows as unknown as [number, number, number, number]),
        ),
  );
}

/** What each mean over a window [1, ...outputs, 1] is multiplied by to leave the padding out; 0 where all is padding. */
function weights(axes: readonly Axis[]): tf.Tensor {
  return axes
    .map(({ size, before, outputs, stride, filter }, i) => {
      const inside = Array.from({ length: outputs }, (_, output) => {
        const start = output * stride - before;
        return Math.min(start + filter, size) - Math.max(start, 0);
      });
      const shape = [1, ...axes.map((_, j) => (i === j ? outputs : 1)), 1];
      return tf.tensor(
        inside.map((count) => (count > 0 ? filter / count : 0)),
        shape,
      );
    })
    .reduce((a, b) => tf.mul(a, b));
}

function lowest(dtype: tf.DataType): number {
  return dtype === 'int32' ? -(2 ** 31) : -Infinity;
}
