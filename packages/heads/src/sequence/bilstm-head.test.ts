import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../conformance/check-head.ts';
import { findHead } from '../find-head.ts';
import { lastState } from './recurrent-reference.ts';

beforeAll(async () => {
  await startEngine();
});

describe('bilstm', () => {
  it.each(['bilstm', 'bilstm:128', 'bilstm:3'])('passes every check of heads: %s', (spec) => {
    expect(
      checkHead({
        head: findHead(spec),
        reference: (tokens, weights) => [
          ...lastState('lstm', tokens, weights.slice(0, 3)),
          ...lastState('lstm', [...tokens].reverse(), weights.slice(3)),
        ],
      }),
    ).toEqual([]);
  });

  it.each(['', '0', '2.5', 'mean', '99999'])('refuses "%s" for units', (argument) => {
    expect(() => findHead(`bilstm:${argument}`)).toThrow(
      `Head "bilstm" takes a number of units from 1 to 9999, as bilstm[:<units>]; got "${argument}".`,
    );
  });
});
