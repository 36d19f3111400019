import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../conformance/check-head.ts';
import { findHead } from '../find-head.ts';
import { lastState } from './recurrent-reference.ts';

beforeAll(async () => {
  await startEngine();
});

describe('layer-lstm', () => {
  it.each(['layer-lstm', 'layer-lstm:128', 'layer-lstm:3'])('passes every check of heads: %s', (spec) => {
    expect(
      checkHead({
        head: findHead(spec),
        reference: (_, weights, layers) => {
          const first = layers.slice(1).map((tokens) => tokens[0]!);
          return lastState('lstm', first, weights);
        },
      }),
    ).toEqual([]);
  });

  it.each(['', '0', '2.5', 'mean', '99999'])('refuses "%s" for units', (argument) => {
    expect(() => findHead(`layer-lstm:${argument}`)).toThrow(
      `Head "layer-lstm" takes a number of units from 1 to 9999, as layer-lstm[:<units>]; got "${argument}".`,
    );
  });

  it('refuses an encoder without layers', () => {
    const inputs = {
      hiddenStates: [tf.input({ shape: [null, 2] })],
      mask: tf.input({ shape: [null], dtype: 'int32' }),
    };
    expect(() => findHead('layer-lstm').apply(inputs, 'head')).toThrow(
      'Head "layer-lstm" reads all layers; there is none besides the embeddings.',
    );
  });
});
