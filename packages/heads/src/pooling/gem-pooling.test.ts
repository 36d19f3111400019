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

describe('gem', () => {
  it('passes every check of heads', () => {
    expect(
      checkHead({
        head: findHead('gem'),
        reference: (tokens, [bias]) => {
          const p = 3 * Math.exp(bias![0]!);
          return columns(tokens).map(
            (values) => (sum(values.map((x) => Math.max(x, 1e-6) ** p)) / values.length) ** (1 / p),
          );
        },
      }),
    ).toEqual([]);
  });

  it("gives PyTorch's vectors and gradients", () => {
    expect(fixtureFaults('gem')).toEqual([]);
  });

  it('takes no argument', () => {
    expect(() => findHead('gem:2')).toThrow('Head "gem" takes no argument; got "2".');
  });

  it('stays in the range of float32 where the powers do not', () => {
    // The exponent is 40, and features go up to 300: 300^40 is 1e99.
    expect(fixtureFaults('gem, steep', { spec: 'gem' })).toEqual([]);
  });
});
