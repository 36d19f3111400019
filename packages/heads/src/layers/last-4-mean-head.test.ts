import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../conformance/check-head.ts';
import { findHead } from '../find-head.ts';

/** The last four of all layers as one: [tokens][features]. */
const joined = (layers: number[][][]) =>
  layers
    .at(-1)!
    .map((token, t) =>
      token.map((_, i) => layers.slice(-4).reduce((total, layer) => total + layer[t]![i]! / 4, 0)),
    );
const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));

beforeAll(async () => {
  await startEngine();
});

describe('last-4-mean', () => {
  it.each([
    [
      'last-4-mean',
      (tokens: number[][]) => columns(tokens).map((x) => x.reduce((total, y) => total + y / x.length, 0)),
    ],
    ['last-4-mean:cls', (tokens: number[][]) => tokens[0]!],
    ['last-4-mean:max', (tokens: number[][]) => columns(tokens).map((x) => Math.max(...x))],
  ])('passes every check of heads: %s', (spec, pool) => {
    const reference = (_: number[][], __: number[][], layers: number[][][]) => pool(joined(layers));
    expect(checkHead({ head: findHead(spec), reference })).toEqual([]);
  });

  it('refuses an encoder of fewer layers', () => {
    const hiddenStates = Array.from({ length: 4 }, () => tf.input({ shape: [null, 2] }));
    const mask = tf.input({ shape: [null], dtype: 'int32' });
    expect(() => findHead('last-4-mean').apply({ hiddenStates, mask }, 'head')).toThrow(
      'Head "last-4-mean" reads the last 4 layers; there are 3 besides the embeddings.',
    );
  });

  it('refuses an unknown head within', () => {
    expect(() => findHead('last-4-mean:maen')).toThrow('Unknown head "maen". Did you mean "mean"?');
  });
});
