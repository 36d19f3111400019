import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

describe('nearestName', () => {
  it.each([
    ['rsme', 'rmse'],
    ['RMSE', 'rmse'],
    ['Pearson-r', 'Pearson'],
  ])('%s is nearest to %s', (name, nearest) => {
    expect(nearestName(name, ['mae', 'rmse', 'Pearson'])).toBe(nearest);
  });

  it('knows none among none', () => expect(nearestName('x', [])).toBeUndefined());
});
