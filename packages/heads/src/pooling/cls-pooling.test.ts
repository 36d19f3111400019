import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { findHead } from '../find-head.ts';
import { fixtureFaults } from '../testing/fixture-faults.ts';

beforeAll(async () => {
  await startEngine();
});

describe('cls', () => {
  it('passes every check of heads', () => {
    expect(checkHead({ head: findHead('cls'), reference: (tokens) => tokens[0]! })).toEqual([]);
  });

  it("gives sentence-transformers' vectors and PyTorch's gradients", () => {
    expect(fixtureFaults('cls')).toEqual([]);
  });

  it('takes no argument', () => {
    expect(() => findHead('cls:2')).toThrow('Head "cls" takes no argument; got "2".');
  });
});
