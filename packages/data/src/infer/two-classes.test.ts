import { describe, expect, it } from 'vitest';
import { twoClasses } from './two-classes.ts';

describe('twoClasses', () => {
  it.each([
    [
      ['spam', 'ham'],
      ['ham', 'spam'],
    ],
    [
      ['True', 'False'],
      ['False', 'True'],
    ],
    [
      ['Yes', 'No'],
      ['No', 'Yes'],
    ],
    [
      ['funny', 'not_funny'],
      ['not_funny', 'funny'],
    ],
    [
      ['unfit', 'fit'],
      ['unfit', 'fit'],
    ],
    [
      ['cats', 'dogs'],
      ['cats', 'dogs'],
    ],
  ])('orders %j', (values, expected) => {
    expect(twoClasses([{ values, isNumeric: false }])).toEqual(expected);
  });

  it('orders numbers by value', () => {
    expect(twoClasses([{ values: ['10', '9'], isNumeric: true }])).toEqual(['9', '10']);
  });
});
