import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { findHead } from '../find-head.ts';
import { checkHead } from '../testing/check-head.ts';
import { headModel } from '../testing/head-model.ts';
import { lastState } from '../testing/recurrent-reference.ts';
import type { Cell } from './recurrent-weights.ts';

beforeAll(async () => {
  await startEngine();
});

describe.each([
  ['layer-lstm', 'lstm'],
  ['layer-gru', 'gru'],
] satisfies [name: string, cell: Cell][])('%s', (name, cell) => {
  const reference = (_: number[][], weights: number[][], layers: number[][][]) => {
    const first = layers.slice(1).map((tokens) => tokens[0]!);
    return lastState(cell, first, weights);
  };

  it.each(['', ':128', ':3'])('passes every check of heads: %s', (argument) => {
    expect(checkHead({ head: findHead(`${name}${argument}`), reference })).toEqual([]);
  });

  it('has 256 features where no number of units is named', () => {
    const model = headModel({ head: findHead(name), reference: () => [] });
    expect(model.outputs[0]!.shape).toEqual([null, 256]);
    model.dispose();
  });

  it.each(['', '0', '2.5', 'mean', '99999'])('refuses "%s" for units', (argument) => {
    expect(() => findHead(`${name}:${argument}`)).toThrow(
      `Head "${name}" takes a number of units from 1 to 9999, as ${name}[:<units>]; got "${argument}".`,
    );
  });

  it('refuses an encoder without layers', () => {
    const inputs = {
      hiddenStates: [tf.input({ shape: [null, 2] })],
      mask: tf.input({ shape: [null], dtype: 'int32' }),
    };
    expect(() => findHead(name).apply(inputs, 'head')).toThrow(
      `Head "${name}" reads all layers; there is none besides the embeddings.`,
    );
  });
});
