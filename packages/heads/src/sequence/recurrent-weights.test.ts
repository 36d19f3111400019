import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { headModel } from '../testing/head-model.ts';
import { findHead } from '../find-head.ts';

beforeAll(async () => {
  await startEngine();
});

/** The weights that a head starts from, by the ends of their names. */
function startOf(spec: string): Record<string, number[]> {
  const model = headModel({ head: findHead(spec), reference: () => [] }, 3);
  const named = model.weights.map(
    (weight) => [weight.originalName.replace(/^.*\//, ''), Array.from(weight.read().dataSync())] as const,
  );
  model.dispose();
  return Object.fromEntries(named);
}

describe('RecurrentWeights', () => {
  it("open an LSTM's forget gate and name each direction's weights", () => {
    const { kernel, bias, ...others } = startOf('bilstm:16');
    expect(Object.keys(others)).toEqual(['recurrent_kernel', 'backward_kernel', 'backward_recurrent_kernel', 'backward_bias']); // prettier-ignore
    expect(bias).toEqual([0, 1, 0, 0].flatMap((value) => new Array<number>(16).fill(value)));
    expect(others['backward_bias']).toEqual(bias);
    expect(others['backward_kernel']).not.toEqual(kernel);
  });

  it("start a GRU's biases at 0, and kernels within 1 / √units", () => {
    const { bias, recurrent_bias, kernel, recurrent_kernel } = startOf('gru:16');
    expect(new Set([...bias!, ...recurrent_bias!])).toEqual(new Set([0]));
    for (const values of [kernel!, recurrent_kernel!]) {
      const most = Math.max(...values.map(Math.abs));
      expect(most).toBeLessThanOrEqual(0.25);
      expect(most).toBeGreaterThan(0.24);
    }
  });
});
