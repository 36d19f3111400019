/** FusedConv2D with channels first, which tfjs-node refuses though its Conv2D has it. */
import { tf } from '../tf.ts';
import type { Call as KernelCall, StockKernel } from './kernel.ts';

type Call = KernelCall<{
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dataFormat: 'NHWC' | 'NCHW';
  dilations: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  activation?: tf.fused.Activation;
  leakyreluAlpha?: number;
}>;

/** The kernel for both formats; `original` has channels last. */
export function fusedConv2d(call: Call, original: StockKernel): tf.TensorInfo {
  const { inputs, attrs, backend } = call;
  if (attrs.dataFormat !== 'NCHW') return original(call);
  const { x, filter, bias, preluActivationWeights } = inputs;
  const { strides, pad, dilations, dimRoundingMode, activation, leakyreluAlpha } = attrs;
  return tf.tidy(() => {
    const product = tf.conv2d(
      x as tf.Tensor4D,
      filter as tf.Tensor4D,
      strides,
      pad,
      'NCHW',
      dilations,
      dimRoundingMode,
    );
    return backend.applyActivation(
      bias ? tf.add(product, byChannel(bias)) : product,
      activation!,
      preluActivationWeights && byChannel(preluActivationWeights),
      leakyreluAlpha,
    );
  });
}

/** A vector goes along the channels, which are not last here. */
function byChannel(tensor: tf.Tensor): tf.Tensor {
  return tensor.rank === 1 ? tensor.reshape([-1, 1, 1]) : tensor;
}
