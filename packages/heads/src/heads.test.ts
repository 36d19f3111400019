import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead, type HeadSubject } from './conformance/check-head.ts';
import { heads } from './heads.ts';

const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));
const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Every head once more, for one text without padding. */
const references: Record<string, HeadSubject['reference']> = {
  cls: (tokens) => tokens[0]!,
  mean: (tokens) => columns(tokens).map(mean),
  concat: (tokens) => [...columns(tokens).map(mean), ...columns(tokens).map((values) => Math.max(...values))],
};

beforeAll(async () => {
  await startEngine();
});

describe('heads', () => {
  it('have a reference each', () => {
    expect(Object.keys(references)).toEqual(Object.keys(heads));
  });

  it.each(Object.keys(heads))('%s passes every check', (name) => {
    expect(checkHead({ create: heads[name]!.create, reference: references[name]! })).toEqual([]);
  });
});
