import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { targetScale } from './target-scale.ts';

/** Of rows 1 to 8 the mean is 5 and the standard deviation 2; row 0 is not trained on. */
const numbers = Float64Array.of(1e9, 2, 4, 4, 4, 5, 5, 7, 9);
const constant = Float64Array.of(-3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
const rows = Int32Array.of(8, 1, 2, 3, 4, 5, 6, 7);

beforeAll(async () => {
  await startEngine();
});

describe('targetScale', () => {
  it('takes mean and standard deviation of the rows that are trained on', () => {
    const [column] = targetScale([numbers], rows).standardize([numbers]);
    expect([...column!]).toEqual([499999997.5, -1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]);
  });

  it('divides a constant column by 1', () => {
    const scale = targetScale([numbers, constant], rows);
    const [, column] = scale.standardize([numbers, constant]);
    expect(column![0]).toBeCloseTo(-3.1, 12);
    column!.slice(1).forEach((y) => expect(y).toBeCloseTo(0, 12));
    const [first, second] = scale.restore([Float64Array.of(0, 1), Float64Array.of(0, 1)]);
    expect([...first!]).toEqual([5, 7]);
    expect(second![0]).toBeCloseTo(0.1, 12);
    expect(second![1]).toBeCloseTo(1.1, 12);
  });

  it('gives large and tiny numbers back as they were', () => {
    const wide = [numbers.map((y) => 1e9 + 1e8 * y), numbers.map((y) => 1e-9 * y)];
    const scale = targetScale(wide, rows);
    const standardized = scale.standardize(wide);
    for (const column of standardized)
      [...column].slice(1).forEach((y, i) => expect(y).toBeCloseTo((numbers[i + 1]! - 5) / 2, 9));
    scale
      .restore(standardized)
      .forEach((column, c) => column.forEach((y, row) => expect(y / wide[c]![row]!).toBeCloseTo(1, 12)));
  });

  it('puts the way back into the linear output', async () => {
    const output = tf.layers.dense({ name: 'output', units: 2, inputShape: [3] });
    const model = tf.sequential({ layers: [output] });
    const kernel = tf.tensor2d([[1, 2], [3, 4], [5, 6]]); // prettier-ignore
    output.setWeights([kernel, tf.tensor1d([0.5, -1])]);
    const other = numbers.map((y) => 10 * y + 100); // Mean 150, standard deviation 20.
    await targetScale([numbers, other], rows).intoOutput(model);
    const [scaled, bias] = output.getWeights();
    expect(scaled!.arraySync()).toEqual([[2, 40], [6, 80], [10, 120]]); // prettier-ignore
    expect(bias!.arraySync()).toEqual([6, 130]);
  });
});
