import { expect, it } from 'vitest';
import { differingSettings } from './differing-settings.ts';

it('keeps the paths that are not the same in all, missing ones too, and neither seeds nor names', () => {
  const settings = differingSettings([
    { name: 'a', head: 'cls', output: { hidden: [] }, training: { seed: 0, lr: 1, dropout: 0.1 } },
    { name: 'b', head: 'cls', output: { hidden: [64] }, training: { seed: 1, lr: 1 } },
  ]);
  expect(settings).toEqual([
    { 'output.hidden': [], 'training.dropout': 0.1 },
    { 'output.hidden': [64], 'training.dropout': undefined },
  ]);
  expect(differingSettings([])).toEqual([]);
});
