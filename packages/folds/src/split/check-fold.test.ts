import { describe, expect, it } from 'vitest';
import { checkFold } from './check-fold.ts';

describe('checkFold', () => {
  it.each([0, 4])('accepts fold %d of 5', (fold) => expect(() => checkFold(fold, 5)).not.toThrow());

  it('has one fold only in a hold-out', () => {
    expect(() => checkFold(1, 1)).toThrow(new Error('there is no fold 1: there is only fold 0'));
  });

  it.each([-1, 5, 7, 1.5, NaN])('refuses fold %d of 5', (fold) => {
    expect(() => checkFold(fold, 5)).toThrow(
      new Error(`there is no fold ${fold}: with 5 folds they are numbered from 0 to 4`),
    );
  });
});
