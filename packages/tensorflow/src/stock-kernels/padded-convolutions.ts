/** Convolutions of images with paddings in numbers, and their gradients, which tfjs-node refuses. */
import { tf } from '../tf.ts';
import type { Call as KernelCall, StockKernel } from './kernel.ts';
import { paddedAxes, paddingsOf, withoutPaddings } from './paddings.ts';

interface Windows {
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dataFormat?: 'NHWC' | 'NCHW';
  dilations?: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  /** Of the gradient that is asked for. */
  inputShape?: number[];
  filterShape?: number[];
}

type Shape = [number, number, number, number];

/** The kernel with the name for all paddings: a convolution, or one of its two gradients. */
export function paddedConvolution(name: string, original: StockKernel) {
  return (call: KernelCall<Windows>): tf.TensorInfo => {
    const { inputs, attrs } = call;
    const { x, filter } = inputs;
    const format = tf.backend_util.convertConv2DDataFormat(attrs.dataFormat ?? 'NHWC');
    const inputShape = x?.shape ?? attrs.inputShape!;
    const axes = paddedAxes(
      tf.backend_util.computeConv2DInfo(
        inputShape as Shape,
        (filter?.shape ?? attrs.filterShape!) as Shape,
        attrs.strides,
        attrs.dilations ?? 1,
        attrs.pad,
        attrs.dimRoundingMode,
        name.includes('Depthwise'),
        format,
      ),
    );
    if (!axes) return original(call);
    const paddings = paddingsOf(axes, format);
    const valid: Windows = { ...attrs, pad: 'valid', dimRoundingMode: undefined };
    return tf.tidy(() => {
      if (x) {
        const padded = { ...inputs, x: tf.pad(x, paddings) };
        return original({ ...call, inputs: padded, attrs: valid });
      }
      valid.inputShape = inputShape.map((n, i) => paddings[i]![0] + n + paddings[i]![1]);
      return withoutPaddings(original({ ...call, attrs: valid }), paddings);
    });
  };
}
