import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { findHead } from '../find-head.ts';
import { fixtureFaults } from '../testing/fixture-faults.ts';

const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));

beforeAll(async () => {
  await startEngine();
});

describe('min', () => {
  it('passes every check of heads', () => {
    expect(
      checkHead({
        head: findHead('min'),
        reference: (tokens) => columns(tokens).map((values) => Math.min(...values)),
      }),
    ).toEqual([]);
  });

  it("gives PyTorch's vectors and gradients", () => {
    expect(fixtureFaults('min')).toEqual([]);
  });

  it('takes no argument', () => {
    expect(() => findHead('min:2')).toThrow('Head "min" takes no argument; got "2".');
  });
});
