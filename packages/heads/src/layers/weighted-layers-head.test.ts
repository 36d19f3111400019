import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { findHead } from '../find-head.ts';
import { WeightedLayers } from './weighted-layers-head.ts';

const sum = (values: readonly number[]) => values.reduce((total, x) => total + x, 0);

/** The mix of the layers: [tokens][hidden]. */
const mixed = (layers: number[][][], [kernel, gamma]: number[][]) => {
  const powers = kernel!.map(Math.exp);
  return layers[0]!.map((token, t) =>
    token.map(
      (_, i) => (gamma![0]! * sum(layers.map((layer, l) => layer[t]![i]! * powers[l]!))) / sum(powers),
    ),
  );
};
const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));

beforeAll(async () => {
  await startEngine();
});

describe('weighted-layers', () => {
  it.each([
    ['weighted-layers', (tokens: number[][]) => columns(tokens).map((x) => sum(x) / x.length)],
    ['weighted-layers:cls', (tokens: number[][]) => tokens[0]!],
    ['weighted-layers:max', (tokens: number[][]) => columns(tokens).map((x) => Math.max(...x))],
  ])('passes every check of heads: %s', (spec, pool) => {
    const reference = (_: number[][], weights: number[][], layers: number[][][]) =>
      pool(mixed(layers, weights));
    expect(checkHead({ head: findHead(spec), reference })).toEqual([]);
  });

  it('starts as the mean of the layers', () => {
    const layers = [0, 3, 12].map((x) => tf.fill([1, 1, 2], x));
    const mix = new WeightedLayers({}).apply(layers) as tf.Tensor;
    for (const value of mix.dataSync()) expect(value).toBeCloseTo(5, 5);
  });

  it('weighs as worked by hand', () => {
    const layer = new WeightedLayers({});
    const layers = [1, 2].map((x) => tf.fill([1, 1, 1], x));
    layer.apply(layers);
    layer.setWeights([tf.tensor1d([0, Math.log(3)]), tf.tensor1d([2])]);
    // 2 (1/4 1 + 3/4 2)
    expect((layer.apply(layers) as tf.Tensor).dataSync()[0]).toBeCloseTo(3.5, 5);
  });

  it('refuses an unknown head within', () => {
    expect(() => findHead('weighted-layers:maen')).toThrow('Unknown head "maen". Did you mean "mean"?');
  });
});
