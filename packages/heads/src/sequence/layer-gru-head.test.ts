import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../conformance/check-head.ts';
import { headModel } from '../conformance/head-model.ts';
import { findHead } from '../find-head.ts';
import { lastState } from './recurrent-reference.ts';

beforeAll(async () => {
  await startEngine();
});

describe('layer-gru', () => {
  it.each(['layer-gru', 'layer-gru:3'])('passes every check of heads: %s', (spec) => {
    expect(
      checkHead({
        head: findHead(spec),
        reference: (_, weights, layers) => {
          const first = layers.slice(1).map((tokens) => tokens[0]!);
          return lastState('gru', first, weights);
        },
      }),
    ).toEqual([]);
  });

  it('has 256 features where no number of units is named', () => {
    const model = headModel({ head: findHead('layer-gru'), reference: () => [] });
    expect(model.outputs[0]!.shape).toEqual([null, 256]);
    model.dispose();
  });

  it.each(['', '0', '2.5', 'mean', '99999'])('refuses "%s" for units', (argument) => {
    expect(() => findHead(`layer-gru:${argument}`)).toThrow(
      `Head "layer-gru" takes a number of units from 1 to 9999, as layer-gru[:<units>]; got "${argument}".`,
    );
  });

  it('refuses an encoder without layers', () => {
    const inputs = {
      hiddenStates: [tf.input({ shape: [null, 2] })],
      mask: tf.input({ shape: [null], dtype: 'int32' }),
    };
    expect(() => findHead('layer-gru').apply(inputs, 'head')).toThrow(
      'Head "layer-gru" reads all layers; there is none besides the embeddings.',
    );
  });
});
