import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../conformance/check-head.ts';
import { headModel } from '../conformance/head-model.ts';
import { findHead } from '../find-head.ts';
import { lastState } from './recurrent-reference.ts';

beforeAll(async () => {
  await startEngine();
});

describe('bigru', () => {
  it.each(['bigru', 'bigru:3'])('passes every check of heads: %s', (spec) => {
    expect(
      checkHead({
        head: findHead(spec),
        reference: (tokens, weights) => [
          ...lastState('gru', tokens, weights.slice(0, 4)),
          ...lastState('gru', [...tokens].reverse(), weights.slice(4)),
        ],
      }),
    ).toEqual([]);
  });

  it('has 512 features where no number of units is named', () => {
    const model = headModel({ head: findHead('bigru'), reference: () => [] });
    expect(model.outputs[0]!.shape).toEqual([null, 512]);
    model.dispose();
  });

  it.each(['', '0', '2.5', 'mean', '99999'])('refuses "%s" for units', (argument) => {
    expect(() => findHead(`bigru:${argument}`)).toThrow(
      `Head "bigru" takes a number of units from 1 to 9999, as bigru[:<units>]; got "${argument}".`,
    );
  });
});
