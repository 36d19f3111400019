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

describe('mean-sqrt', () => {
  it('passes every check of heads', () => {
    expect(
      checkHead({
        head: findHead('mean-sqrt'),
        reference: (tokens) => columns(tokens).map((values) => sum(values) / Math.sqrt(values.length)),
      }),
    ).toEqual([]);
  });

  it("gives sentence-transformers' vectors and PyTorch's gradients", () => {
    expect(fixtureFaults('mean-sqrt')).toEqual([]);
  });

  it('takes no argument', () => {
    expect(() => findHead('mean-sqrt:2')).toThrow('Head "mean-sqrt" takes no argument; got "2".');
  });
});
