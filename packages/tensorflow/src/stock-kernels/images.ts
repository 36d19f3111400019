/** Images: Transform on TensorFlow's own operation; RotateWithOffset and Draw, which TensorFlow has none for. */
import { tf } from '../tf.ts';
import type { Call } from './kernel.ts';
import { attribute, runOperation } from './operation.ts';

interface Projection {
  interpolation: string;
  fillMode: string;
  fillValue: number;
  outputShape?: [number, number];
}

/**
 * Images [batch, height, width, channels], projected by 8 numbers each, or by the same 8. TensorFlow.js's plain kernel
 * stops after the first image.
 */
export function transform({
  inputs: { image, transforms },
  attrs: { interpolation, fillMode, fillValue, outputShape },
  backend,
}: Call<Projection>): tf.TensorInfo {
  return tf.tidy(() => {
    const [, height, width] = image!.shape;
    return runOperation(backend, {
      name: 'ImageProjectiveTransformV3',
      attributes: [
        attribute.type('dtype', image!.dtype),
        attribute.string('interpolation', interpolation.toUpperCase()),
        attribute.string('fill_mode', fillMode.toUpperCase()),
      ],
      inputs: [
        image!,
        transforms!,
        tf.tensor1d(outputShape ?? [height!, width!], 'int32'),
        tf.scalar(fillValue),
      ],
      outputs: 1,
    })[0]!;
  });
}

interface Rotation {
  radians: number;
  fillValue: number | [number, number, number];
  center: number | [number, number];
}

/**
 * Images [batch, height, width, channels], rotated: which pixel goes where is worked out here, as TensorFlow.js's plain
 * kernel does it, and TensorFlow gathers the pixels.
 */
export function rotateWithOffset({ inputs, attrs }: Call<Rotation>): tf.TensorInfo {
  const image = inputs['image'] as tf.Tensor4D;
  const [batch, height, width, channels] = image.shape;
  const sources = rotatedSources(height, width, attrs);
  return tf.tidy(() => {
    const pixels = image.reshape([batch, height * width, channels]);
    const fill = Array.from({ length: channels }, (_, channel) =>
      typeof attrs.fillValue === 'number' ? attrs.fillValue : (attrs.fillValue[channel] ?? 255),
    );
    const filled = tf.tensor(fill, [1, 1, channels], image.dtype).tile([batch, 1, 1]);
    // The pixel after the last one is the filling.
    return tf.gather(tf.concat([pixels, filled], 1), tf.tensor1d(sources, 'int32'), 1).reshape(image.shape);
  });
}

/** The pixel, counted by rows, that each pixel of the rotated image is; the number of pixels where it is none. */
function rotatedSources(height: number, width: number, { radians, center }: Rotation): Int32Array {
  const [centerX, centerY] = tf.backend_util.getImageCenter(center, height, width);
  const sin = Math.sin(radians);
  const cos = Math.cos(radians);
  return Int32Array.from({ length: height * width }, (_, i) => {
    const x = (i % width) - centerX;
    const y = Math.floor(i / width) - centerY;
    const column = Math.round(x * cos - y * sin + centerX);
    const row = Math.round(x * sin + y * cos + centerY);
    const inside = column >= 0 && column < width && row >= 0 && row < height;
    return inside ? row * width + column : height * width;
  });
}

/** Draws on a canvas, by TensorFlow.js's plain kernel, which gets the values. */
export function draw({ inputs, attrs, backend }: Call): tf.TensorInfo {
  const { kernelFunc } = tf.getKernel('Draw', 'cpu');
  const data = { get: (dataId: object) => ({ values: backend.readSync(dataId) }) };
  return kernelFunc({
    inputs: inputs,
    attrs: attrs as tf.NamedAttrMap,
    backend: { data },
  }) as tf.TensorInfo;
}
