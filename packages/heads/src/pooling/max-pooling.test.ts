import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { findHead } from '../find-head.ts';
import { fixtureFaults } from '../testing/fixture-faults.ts';

const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));

beforeAll(async () => {
  await startEngine();
});

describe('max', () => {
  it('passes every check of heads', () => {
    expect(
      checkHead({
        head: findHead('max'),
        reference: (tokens) => columns(tokens).map((values) => Math.max(...values)),
      }),
    ).toEqual([]);
  });

  it("gives sentence-transformers' vectors and PyTorch's gradients", () => {
    expect(fixtureFaults('max')).toEqual([]);
  });

  it('takes no argument', () => {
    expect(() => findHead('max:2')).toThrow('Head "max" takes no argument; got "2".');
  });
});
