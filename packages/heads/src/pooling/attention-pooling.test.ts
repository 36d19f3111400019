import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { findHead } from '../find-head.ts';
import { fixtureFaults } from '../testing/fixture-faults.ts';

const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));
const sum = (values: number[]) => values.reduce((total, x) => total + x, 0);

beforeAll(async () => {
  await startEngine();
});

describe('attention', () => {
  it('passes every check of heads', () => {
    expect(
      checkHead({
        head: findHead('attention'),
        reference: (tokens, [kernel, bias, score]) => {
          const powers = tokens.map((token) => {
            const inner = bias!.map((b, j) =>
              Math.tanh(sum(token.map((x, i) => x * kernel![i * bias!.length + j]!)) + b),
            );
            return Math.exp(sum(inner.map((x, j) => x * score![j]!)));
          });
          return columns(tokens).map((values) => sum(values.map((x, i) => x * powers[i]!)) / sum(powers));
        },
      }),
    ).toEqual([]);
  });

  it("gives PyTorch's vectors and gradients", () => {
    expect(fixtureFaults('attention')).toEqual([]);
  });

  it('takes no argument', () => {
    expect(() => findHead('attention:2')).toThrow('Head "attention" takes no argument; got "2".');
  });
});
