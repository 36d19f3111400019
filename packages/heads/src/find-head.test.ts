import { describe, expect, it } from 'vitest';
import { findHead } from './find-head.ts';
import { heads } from './heads.ts';

describe('findHead', () => {
  it('finds every head of the registry', () => {
    for (const [name, head] of Object.entries(heads)) expect(findHead(name)).toBe(head);
  });

  it.each([
    ['maen', 'mean'],
    ['CLS', 'cls'],
    ['toString', 'mean'],
  ])('names what is known where it finds no "%s"', (name, nearest) => {
    expect(() => findHead(name)).toThrow(
      `Unknown head "${name}". Did you mean "${nearest}"? Known heads: ${Object.keys(heads).join(', ')}.`,
    );
  });
});
