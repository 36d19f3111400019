import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { findHead } from '../find-head.ts';

const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));
const meanOf = (layers: number[][][]) =>
  layers[0]!.map((token, t) =>
    token.map((_, i) => layers.reduce((total, layer) => total + layer[t]![i]! / layers.length, 0)),
  );

beforeAll(async () => {
  await startEngine();
});

describe('layers', () => {
  it.each([
    [
      'layers:1-2',
      1,
      2,
      (tokens: number[][]) => columns(tokens).map((x) => x.reduce((a, b) => a + b / x.length, 0)),
    ],
    ['layers:0-1:cls', 0, 1, (tokens: number[][]) => tokens[0]!],
    ['layers:2-2:max', 2, 2, (tokens: number[][]) => columns(tokens).map((x) => Math.max(...x))],
    ['layers:0-4:token:-1', 0, 4, (tokens: number[][]) => tokens.at(-1)!],
  ])('passes every check of heads: %s', (spec, from, to, pool) => {
    const reference = (_: number[][], __: number[][], layers: number[][][]) =>
      pool(meanOf(layers.slice(from, to + 1)));
    expect(checkHead({ head: findHead(spec), reference })).toEqual([]);
  });

  it('refuses an encoder of fewer layers', () => {
    const hiddenStates = Array.from({ length: 4 }, () => tf.input({ shape: [null, 2] }));
    const mask = tf.input({ shape: [null], dtype: 'int32' });
    expect(() => findHead('layers:2-4:cls').apply({ hiddenStates, mask }, 'head')).toThrow(
      'Head "layers:2-4:cls" reads up to layer 4; there are 3 besides the embeddings, which are 0.',
    );
  });

  it.each([
    ['layers', 'none'],
    ['layers:', '""'],
    ['layers:3', '"3"'],
    ['layers:3-1', '"3-1"'],
    ['layers:-1-2', '"-1-2"'],
    ['layers:1-2+mean', '"1-2+mean"'],
  ])('refuses %s', (spec, got) => {
    expect(() => findHead(spec)).toThrow(
      `Head "layers" takes a range of layers, the lower first, as layers:<from>-<to>[:<head>]; got ${got}.`,
    );
  });
});
