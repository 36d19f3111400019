import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { expectRefused, expectSame } from './testing/expect-same.ts';
import { onEach } from './testing/on-each.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

/** [batch, height, width, channels] of 0, 1, 2 and so on. */
const image = (...shape: [number, number, number, number]) =>
  tf.range(0, tf.util.sizeFromShape(shape)).reshape<tf.Tensor4D>(shape);

describe('transform', () => {
  const shift = () => tf.tensor2d([1, 0, 1, 0, 1, -1, 0, 0], [1, 8]);
  const half = () => tf.tensor2d([0.5, 0, 0, 0, 0.5, 0.25, 0, 0], [1, 8]);

  it.each(['constant', 'reflect', 'wrap', 'nearest'] as const)('fills by %s', async (mode) => {
    await expectSame(() => tf.image.transform(image(1, 3, 4, 2), shift(), 'nearest', mode, 7));
    await expectSame(() => tf.image.transform(image(1, 3, 4, 2), half(), 'bilinear', mode, 7, [4, 6]));
  });

  it('transforms all images of a batch, where the plain kernel stops after the first', async () => {
    const right = () => tf.tensor2d([1, 0, 1, 0, 1, 0, 0, 0], [1, 8]);
    const { eager, compiled } = await onEach(() =>
      tf.image.transform(image(2, 1, 3, 1), right(), 'nearest', 'constant', -1),
    );
    expect(eager.tensors![0]!.values).toEqual([1, 2, -1, 4, 5, -1]);
    expect(compiled).toEqual(eager);
  });

  it('refuses seven numbers', () =>
    expectRefused(() => tf.image.transform(image(1, 2, 2, 1), tf.zeros([1, 7]))));
});

describe('rotateWithOffset', () => {
  it.each([Math.PI / 2, Math.PI / 4, -1, 0])('rotates by %f', (radians) =>
    expectSame(() => tf.image.rotateWithOffset(image(2, 4, 5, 3), radians, 9)),
  );

  it('fills with a color, about a center', () =>
    expectSame(() => tf.image.rotateWithOffset(image(1, 3, 3, 4), 1, [1, 2, 3], [0.25, 0.75])));

  it('refuses a matrix', () => expectRefused(() => tf.image.rotateWithOffset(tf.zeros([2, 2]) as never, 1)));
});

describe('draw', () => {
  it('writes the pixels on the canvas', () => {
    /** As in browsers. */
    class ImageData {
      declare data: Uint8ClampedArray;
      declare width: number;
      declare height: number;
      constructor(data: Uint8ClampedArray, width: number, height: number) {
        Object.assign(this, { data, width, height });
      }
    }
    Object.assign(globalThis, { ImageData });
    let drawn: ImageData | undefined;
    const context = { putImageData: (data: ImageData) => (drawn = data) };
    const canvas = { getContext: () => context } as unknown as HTMLCanvasElement;
    tf.browser.draw(tf.tensor3d([255, 0, 7, 0, 9, 0], [1, 2, 3], 'int32'), canvas);
    expect(drawn).toMatchObject({ width: 2, height: 1 });
    expect([...drawn!.data]).toEqual([255, 0, 7, 255, 0, 9, 0, 255]);
    expect(() => tf.browser.draw(tf.tensor2d([256], [1, 1], 'int32'), canvas)).toThrow('[0 - 255]');
  });
});
