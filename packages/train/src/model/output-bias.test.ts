import { describe, expect, it } from 'vitest';
import { outputBias } from './output-bias.ts';

const rows = Int32Array.of(0, 2, 3, 5);
const close = (actual: Float32Array, expected: number[]) => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 6));
};

describe('outputBias', () => {
  it('starts a regression at the means of the rows', () => {
    const targets = [Float64Array.of(1, 99, 2, 3, 99, 6), Float64Array.of(-1, 99, -1, 0, 99, 0)];
    close(outputBias('regression', targets, rows, 2), [3, -0.5]);
  });

  it('starts a binary task at its log-odds, half a row added to each side', () => {
    close(outputBias('binary', [Float64Array.of(1, 0, 1, 0, 0, 1)], rows, 1), [Math.log(3.5 / 1.5)]);
  });

  it('starts multi-label tasks at the log-odds of each column, finite where a label never occurs', () => {
    const targets = [Float64Array.of(1, 0, 0, 0, 0, 0), Float64Array.of(0, 1, 0, 0, 1, 0)];
    close(outputBias('multi-label', targets, rows, 2), [Math.log(1.5 / 3.5), Math.log(0.5 / 4.5)]);
  });

  it('starts multi-class tasks at the log-shares, absent classes as half a row', () => {
    const bias = outputBias('multi-class', [Float64Array.of(0, 2, 0, 1, 2, 0)], rows, 3);
    close(bias, [Math.log(3.5 / 5.5), Math.log(1.5 / 5.5), Math.log(0.5 / 5.5)]);
  });

  it('starts ordinal tasks at the log-odds of going on from each class', () => {
    // Of the rows' ranks 0, 2, 1, 2, three go on from 0 and one stays; two go on from 1 and one stays; none from 2.
    const bias = outputBias('ordinal', [Float64Array.of(0, 9, 2, 1, 9, 2)], rows, 3);
    close(bias, [Math.log(3.5 / 1.5), Math.log(2.5 / 1.5), Math.log(0.5 / 2.5)]);
  });
});
