import { describe, expect, it } from 'vitest';
import { asFlags } from './pipeline-options.ts';
import { takeOverrides } from './overrides.ts';

describe('asFlags', () => {
  it('writes overrides as they are given on a command line', () => {
    const overrides = { 'training.lr': 2e-5, 'output.dropout': 0.3, 'output.hidden': [64, 32] };
    expect(asFlags(overrides)).toBe(" --lr 0.00002 --output.dropout 0.3 --output.hidden '[64,32]'");
    expect(takeOverrides(['--output.dropout', '0.3', '--output.hidden', '[64,32]']).overrides).toEqual({
      'output.dropout': 0.3,
      'output.hidden': [64, 32],
    });
  });
});
