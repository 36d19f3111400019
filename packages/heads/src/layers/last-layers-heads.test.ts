import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { findHead } from '../find-head.ts';
import { checkHead } from '../testing/check-head.ts';

/** Of all layers, the last four as one: [tokens][features]. */
type Join = (layers: number[][][]) => number[][];

const joined: Join = (layers) => layers.at(-1)!.map((_, t) => layers.slice(-4).flatMap((layer) => layer[t]!));
const mean: Join = (layers) =>
  layers
    .at(-1)!
    .map((token, t) =>
      token.map((_, i) => layers.slice(-4).reduce((total, layer) => total + layer[t]![i]! / 4, 0)),
    );
const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));

beforeAll(async () => {
  await startEngine();
});

describe.each([
  ['last-4-concat', joined],
  ['last-4-mean', mean],
])('%s', (name, join) => {
  it.each([
    ['', (tokens: number[][]) => columns(tokens).map((x) => x.reduce((sum, y) => sum + y / x.length, 0))],
    [':cls', (tokens: number[][]) => tokens[0]!],
    [':max', (tokens: number[][]) => columns(tokens).map((x) => Math.max(...x))],
  ])('passes every check of heads: %s', (argument, pool) => {
    const reference = (_: number[][], __: number[][], layers: number[][][]) => pool(join(layers));
    expect(checkHead({ head: findHead(`${name}${argument}`), reference })).toEqual([]);
  });

  it('refuses an encoder of fewer layers', () => {
    const hiddenStates = Array.from({ length: 4 }, () => tf.input({ shape: [null, 2] }));
    const mask = tf.input({ shape: [null], dtype: 'int32' });
    expect(() => findHead(name).apply({ hiddenStates, mask }, 'head')).toThrow(
      `Head "${name}" reads the last 4 layers; there are 3 besides the embeddings.`,
    );
  });

  it('refuses an unknown head within', () => {
    expect(() => findHead(`${name}:maen`)).toThrow('Unknown head "maen". Did you mean "mean"?');
  });
});
