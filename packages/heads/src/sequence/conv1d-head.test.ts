import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { findHead } from '../find-head.ts';
import { ConvolutionPooling } from './conv1d-head.ts';

beforeAll(async () => {
  await startEngine();
});

describe('conv1d', () => {
  it.each([
    ['conv1d', 3],
    ['conv1d:128x5', 5],
    ['conv1d:4x1', 1],
    ['conv1d:4x2', 2],
  ])('passes every check of heads: %s', (spec, size) => {
    expect(
      checkHead({
        head: findHead(spec),
        reference: (tokens, [kernel, bias]) => {
          const width = tokens[0]!.length;
          const before = Math.floor((size - 1) / 2);
          const none = new Array<number>(width).fill(0);
          const windows = tokens.map((_, t) =>
            Array.from({ length: size }, (_, i) => tokens[t + i - before] ?? none).flat(),
          );
          return bias!.map((b, filter) =>
            Math.max(
              0,
              ...windows.map((window) =>
                window.reduce((sum, x, i) => sum + x * kernel![i * bias!.length + filter]!, b),
              ),
            ),
          );
        },
      }),
    ).toEqual([]);
  });

  it('sees the tokens on both sides, and zeros beyond the text, as worked by hand', () => {
    const layer = new ConvolutionPooling({ filters: 2, kernel: 3 });
    const inputs = [tf.tensor3d([[[1], [2], [4], [9]]]), tf.tensor2d([[1, 1, 1, 0]], undefined, 'int32')];
    layer.apply(inputs);
    // Windows 0 1 2, 1 2 4, 2 4 0: the first filter gives 5, 11, 6 and the second -2, -3.5, 1, plus 0.5.
    const kernel = tf.tensor2d([[1, 0.5], [1, 0], [2, -1]]); // prettier-ignore
    layer.setWeights([kernel, tf.tensor1d([0, 0.5])]);
    expect(Array.from((layer.apply(inputs) as tf.Tensor).dataSync())).toEqual([11, 1.5]);
  });

  it.each(['', '8', '8x', 'x3', '0x3', '8x0', '8x100', '8*3'])('refuses "%s"', (argument) => {
    expect(() => findHead(`conv1d:${argument}`)).toThrow(
      `Head "conv1d" takes filters (1 to 9999) and tokens that each sees (1 to 99), as conv1d[:<filters>x<kernel>]; got "${argument}".`,
    );
  });
});
