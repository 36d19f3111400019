import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { findHead } from '../find-head.ts';

const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));
const sum = (values: number[]) => values.reduce((total, x) => total + x, 0);

beforeAll(async () => {
  await startEngine();
});

describe('mean-max', () => {
  it('passes every check of heads', () => {
    expect(
      checkHead({
        head: findHead('mean-max'),
        reference: (tokens) => [
          ...columns(tokens).map((values) => sum(values) / values.length),
          ...columns(tokens).map((values) => Math.max(...values)),
        ],
      }),
    ).toEqual([]);
  });

  it('takes no argument', () => {
    expect(() => findHead('mean-max:2')).toThrow('Head "mean-max" takes no argument; got "2".');
  });
});
