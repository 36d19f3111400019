import { startEngine } from '@foldwise/tensorflow';
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
  ['lstm', 'lstm', undefined],
  ['gru', 'gru', undefined],
  ['bilstm', 'lstm', 3],
  ['bigru', 'gru', 4],
] satisfies [name: string, cell: Cell, weightsOfDirection: number | undefined][])(
  '%s',
  (name, cell, count) => {
    const reference = (tokens: number[][], weights: number[][]) => [
      ...lastState(cell, tokens, weights.slice(0, count)),
      ...(count === undefined ? [] : lastState(cell, tokens.toReversed(), weights.slice(count))),
    ];

    it.each(['', ':128', ':3'])('passes every check of heads: %s', (argument) => {
      expect(checkHead({ head: findHead(`${name}${argument}`), reference })).toEqual([]);
    });

    it('has 256 features a direction where no number of units is named', () => {
      const model = headModel({ head: findHead(name), reference: () => [] });
      expect(model.outputs[0]!.shape).toEqual([null, count === undefined ? 256 : 512]);
      model.dispose();
    });

    it.each(['', '0', '2.5', 'mean', '99999'])('refuses "%s" for units', (argument) => {
      expect(() => findHead(`${name}:${argument}`)).toThrow(
        `Head "${name}" takes a number of units from 1 to 9999, as ${name}[:<units>]; got "${argument}".`,
      );
    });
  },
);
