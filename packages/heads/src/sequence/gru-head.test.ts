import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../conformance/check-head.ts';
import { headModel } from '../conformance/head-model.ts';
import { findHead } from '../find-head.ts';
import { lastState } from './recurrent-reference.ts';

beforeAll(async () => {
  await startEngine();
});

describe('gru', () => {
  it.each(['gru', 'gru:3'])('passes every check of heads: %s', (spec) => {
    expect(
      checkHead({
        head: findHead(spec),
        reference: (tokens, weights) => lastState('gru', tokens, weights),
      }),
    ).toEqual([]);
  });

  it('has 256 features where no number of units is named', () => {
    const model = headModel({ head: findHead('gru'), reference: () => [] });
    expect(model.outputs[0]!.shape).toEqual([null, 256]);
    model.dispose();
  });

  it.each(['', '0', '2.5', 'mean', '99999'])('refuses "%s" for units', (argument) => {
    expect(() => findHead(`gru:${argument}`)).toThrow(
      `Head "gru" takes a number of units from 1 to 9999, as gru[:<units>]; got "${argument}".`,
    );
  });
});
