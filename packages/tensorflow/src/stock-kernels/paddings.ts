/**
 * Paddings in numbers, for windows that go along images and volumes: TensorFlow has 'valid' and 'same' for most of its
 * operations, so that what is windowed gets the padding before, and its gradient loses it again.
 */
import { tf } from '../tf.ts';

/** One axis that windows go along; `filter` is as long as it reaches, holes included. */
export interface Axis {
  size: number;
  before: number;
  outputs: number;
  stride: number;
  filter: number;
}

export type Paddings = [number, number][];

/** The axes of an image or a volume; undefined where TensorFlow has the padding. */
export function paddedAxes(
  info: tf.backend_util.Conv2DInfo | tf.backend_util.Conv3DInfo,
): Axis[] | undefined {
  const { type, top, left } = info.padInfo;
  if (type === 'VALID' || type === 'SAME') return undefined;
  const axes = [
    axis(info.inHeight, top, info.outHeight, info.strideHeight, info.effectiveFilterHeight),
    axis(info.inWidth, left, info.outWidth, info.strideWidth, info.effectiveFilterWidth),
  ];
  if (!('inDepth' in info)) return axes;
  const { front } = info.padInfo;
  return [axis(info.inDepth, front, info.outDepth, info.strideDepth, info.effectiveFilterDepth), ...axes];
}

function axis(size: number, before: number, outputs: number, stride: number, filter: number): Axis {
  return { size, before, outputs, stride, filter };
}

/**
 * The paddings of all axes of a tensor. There is as much after an end as the last window takes, which is less than
 * nothing where windows leave some out.
 */
export function paddingsOf(axes: readonly Axis[], format: 'channelsFirst' | 'channelsLast'): Paddings {
  const inner = axes.map(({ size, before, outputs, stride, filter }): [number, number] => [
    before,
    (outputs - 1) * stride + filter - size - before,
  ]);
  return format === 'channelsFirst' ? [[0, 0], [0, 0], ...inner] : [[0, 0], ...inner, [0, 0]];
}

/** The gradient of what was padded, from that of the padded tensor. */
export function withoutPaddings(gradient: tf.Tensor, paddings: Paddings): tf.Tensor {
  return tf.pad(
    gradient,
    paddings.map(([before, after]) => [-before, -after]),
  );
}
