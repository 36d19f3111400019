import { describe, expect, it } from 'vitest';
import { findHead } from './find-head.ts';
import { heads } from './heads.ts';

/** Each head's values and gradients are checked in its own test, beside it. */
describe.each(Object.entries(heads))('the head %s', (name, kind) => {
  it('is found by each of its examples', () => {
    expect(kind.examples).not.toEqual([]);
    for (const spec of kind.examples) {
      expect(spec.split(':')[0]).toBe(name);
      expect(findHead(spec)).toEqual({ spec, apply: expect.any(Function) });
    }
  });

  it('says in one line what it is and where it is from', () => {
    expect(kind.syntax.split(/[:[]/)[0]).toBe(name);
    expect(kind.description).toMatch(/^[^\n]{10,}[^\n.]$/);
    expect(kind.source).toMatch(/\d{4}/);
  });
});

describe('heads', () => {
  it('have examples that differ, and none twice', () => {
    const specs = Object.values(heads).flatMap((kind) => kind.examples);
    expect(new Set(specs).size).toBe(specs.length);
  });
});
