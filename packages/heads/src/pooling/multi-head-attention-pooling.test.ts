import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { findHead } from '../find-head.ts';
import { fixtureFaults } from '../testing/fixture-faults.ts';

const sum = (values: number[]) => values.reduce((total, x) => total + x, 0);
const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));
/** `x W`, with W row-major. */
const times = (x: number[], kernel: number[]) =>
  x.map((_, j) => sum(x.map((value, i) => value * kernel[i * x.length + j]!)));

/** Each head attends with its part of the query, the keys and the values; all as torch.nn.MultiheadAttention has it. */
const reference =
  (heads: number) =>
  (tokens: number[][], [query, keys, values, valueBias, output, outputBias]: number[][]): number[] => {
    const width = query!.length;
    const size = width / heads;
    const joined = query!.map((_, feature) => {
      const from = Math.floor(feature / size) * size;
      const part = (x: number[]) => x.slice(from, from + size);
      const powers = tokens.map((token) => {
        const key = part(times(token, keys!));
        return Math.exp(sum(part(query!).map((x, i) => x * key[i]!)) / Math.sqrt(size));
      });
      const means = columns(tokens).map((column) => sum(column.map((x, i) => x * powers[i]!)) / sum(powers));
      return times(means, values!)[feature]! + valueBias![feature]!;
    });
    return times(joined, output!).map((x, i) => x + outputBias![i]!);
  };

beforeAll(async () => {
  await startEngine();
});

describe('multi-head-attention', () => {
  it.each([1, 2, 4])('passes every check of heads with %i heads', (heads) => {
    const head = findHead(`multi-head-attention:${heads}`);
    expect(checkHead({ head, reference: reference(heads) })).toEqual([]);
  });

  it.each([1, 4])("gives PyTorch's vectors and gradients with %i heads", (heads) => {
    expect(fixtureFaults(`multi-head-attention:${heads}`)).toEqual([]);
  });

  it.each([
    ['multi-head-attention', 'got none.'],
    ['multi-head-attention:0', 'got "0".'],
    ['multi-head-attention:2.5', 'got "2.5".'],
  ])('refuses %s', (spec, got) => {
    expect(() => findHead(spec)).toThrow(
      `Head "multi-head-attention" takes a number of heads, as multi-head-attention:<heads>; ${got}`,
    );
  });

  it('refuses heads that do not divide the features', () => {
    const inputs = { hiddenStates: [tf.input({ shape: [null, 32] })], mask: tf.input({ shape: [null] }) };
    expect(() => findHead('multi-head-attention:5').apply(inputs, 'head')).toThrow(
      'Head "multi-head-attention:5": 5 heads do not divide the encoder\'s 32 features.',
    );
  });
});
