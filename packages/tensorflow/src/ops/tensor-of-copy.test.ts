import { describe, expect, it } from 'vitest';
import { everyWay } from './testing/every-way.ts';
import { tensorOfCopy } from './tensor-of-copy.ts';

describe('tensorOfCopy', () => {
  everyWay(() => {
    it.each([
      [
        [2, 2],
        [1, 2, 3, 4],
      ],
      [[], [5]],
      [[0, 3], []],
    ])('of shape %j keeps its values when the array gets others', (shape, values) => {
      const array = Float32Array.from(values);
      const tensor = tensorOfCopy(array, shape);
      array.fill(9);
      expect([tensor.shape, tensor.dtype, [...tensor.dataSync()]]).toEqual([shape, 'float32', values]);
      tensor.dispose();
    });

    it('refuses values that do not fit the shape', () => {
      expect(() => tensorOfCopy(new Float32Array(3), [2, 2])).toThrow('3');
    });
  });
});
