import { describe, expect, it } from 'vitest';
import { matchClasses } from './match-classes.ts';

describe('matchClasses', () => {
  it.each([
    [
      ['x', 'y'],
      ['y', 'x'],
      ['x', 'y'],
    ],
    [
      ['prob_ham', 'prob_spam'],
      ['spam', 'ham'],
      ['ham', 'spam'],
    ],
    [
      ['class_0', 'class_1', 'class_2'],
      ['0', '1', '2'],
      ['0', '1', '2'],
    ],
    [
      ['Very Good', 'BAD'],
      ['bad', 'very_good'],
      ['very_good', 'bad'],
    ],
    [['p_a', 'p_b'], ['a', 'c'], undefined],
    [['a', 'b'], ['a', 'b', 'c'], undefined],
  ])('%j of %j', (columns, classes, expected) => {
    expect(matchClasses(columns, classes)).toEqual(expected);
  });
});
