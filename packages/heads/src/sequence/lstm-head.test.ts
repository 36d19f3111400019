import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../conformance/check-head.ts';
import { findHead } from '../find-head.ts';
import { lastState } from './recurrent-reference.ts';

beforeAll(async () => {
  await startEngine();
});

describe('lstm', () => {
  it.each(['lstm', 'lstm:128', 'lstm:3'])('passes every check of heads: %s', (spec) => {
    expect(
      checkHead({
        head: findHead(spec),
        reference: (tokens, weights) => lastState('lstm', tokens, weights),
      }),
    ).toEqual([]);
  });

  it.each(['', '0', '2.5', 'mean', '99999'])('refuses "%s" for units', (argument) => {
    expect(() => findHead(`lstm:${argument}`)).toThrow(
      `Head "lstm" takes a number of units from 1 to 9999, as lstm[:<units>]; got "${argument}".`,
    );
  });
});
