import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Head } from '../head.ts';
import {
  AlwaysNoisy,
  AttentionToPadding,
  DeviationOfOne,
  Forgetful,
  LastOfPadding,
  Leaking,
  MaxOfPadding,
  MaxOfZeros,
  MeanByPaddedLength,
  MeanOfIds,
  MeanOfNothing,
  MeanOfPadding,
  ReadingValues,
  ScrambledLayers,
  Unregistered,
  Unseeded,
  WrongShape,
} from './broken-layers.ts';
import { checkHead } from './check-head.ts';
import type { HeadSubject } from './head-subject.ts';

const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));
const means = (tokens: number[][]) =>
  columns(tokens).map((values) => values.reduce((sum, x) => sum + x, 0) / values.length);
const maxima = (tokens: number[][]) => columns(tokens).map((values) => Math.max(...values));

/** A head of one layer over the last hidden states. */
const over =
  (create: (name: string) => tf.layers.Layer): Head['apply'] =>
  ({ hiddenStates, mask }, name) =>
    create(name).apply([hiddenStates.at(-1)!, mask]) as tf.SymbolicTensor;

/** A head of a stock layer, which sees no mask. */
const without =
  (create: (name: string) => tf.layers.Layer): Head['apply'] =>
  ({ hiddenStates }, name) =>
    create(name).apply(hiddenStates.at(-1)!) as tf.SymbolicTensor;

const weighted = (tokens: number[][], [query]: number[][]) => {
  const powers = tokens.map((token) => Math.exp(token.reduce((sum, x, i) => sum + x * query![i]!, 0)));
  const total = powers.reduce((sum, x) => sum + x, 0);
  return columns(tokens).map((values) => values.reduce((sum, x, i) => sum + (x * powers[i]!) / total, 0));
};

/** h' = tanh(W x + U h + b), from zeros. Weights: W and U, each [hidden][units], and b. */
const recurrent = (tokens: number[][], [kernel, inner, bias]: number[][]) =>
  tokens.reduce<number[]>(
    (state, token) =>
      state.map((_, j) => {
        const from = (values: number[], weights: number[]) =>
          values.reduce((sum, x, i) => sum + x * weights[i * state.length + j]!, bias![j]! / 2);
        return Math.tanh(from(token, kernel!) + from(state, inner!));
      }),
    [0, 0, 0],
  );

const deviations = (tokens: number[][]) =>
  columns(tokens).map((values, i) =>
    Math.sqrt(values.reduce((sum, x) => sum + (x - means(tokens)[i]!) ** 2, 0) / values.length),
  );

const firsts = (_: number[][], __: number[][], layers: number[][][]) =>
  layers.slice(-4).flatMap((tokens) => tokens[0]!);

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

type Case = [name: string, apply: Head['apply'], reference: HeadSubject['reference'], faults: string[]];

describe('checkHead', () => {
  const outside = ['reference', 'padding', 'batch of one'];
  const toPadding = [...outside, 'gradient of tokens', 'bf16'];
  const cases: Case[] = [
    [
      'pooling over ids',
      over((name) => new MeanOfIds({ name })),
      means,
      [...outside, 'one token', 'gradient of tokens', 'bf16'],
    ],
    ['a mean of padding', over((name) => new MeanOfPadding({ name })), means, toPadding],
    [
      'GlobalAveragePooling1D',
      without((name) => tf.layers.globalAveragePooling1d({ name })),
      means,
      toPadding,
    ],
    ['GlobalMaxPooling1D', without((name) => tf.layers.globalMaxPooling1d({ name })), maxima, toPadding],
    [
      'a mean by the padded length',
      over((name) => new MeanByPaddedLength({ name })),
      means,
      [...outside, 'bf16'],
    ],
    ['a maximum of padding', over((name) => new MaxOfPadding({ name })), maxima, toPadding],
    ['a maximum of zeros', over((name) => new MaxOfZeros({ name })), maxima, ['reference', 'batch of one']],
    [
      'a last token of padding',
      over((name) => new LastOfPadding({ name })),
      (tokens) => tokens.at(-1)!,
      toPadding,
    ],
    [
      'attention to padding',
      over((name) => new AttentionToPadding({ name })),
      weighted,
      [...outside, 'gradient of tokens', 'training', 'compiled', 'bf16', 'memory'],
    ],
    [
      'a recurrent layer that runs over padding',
      without((name) => tf.layers.simpleRNN({ name, units: 3 })),
      recurrent,
      [...toPadding, 'seed'],
    ],
    [
      'layers scrambled by stack and reshape',
      ({ hiddenStates }, name) =>
        new ScrambledLayers({ name }).apply(hiddenStates.slice(-4)) as tf.SymbolicTensor,
      firsts,
      ['reference', 'one token'],
    ],
    ['NaN in rows without a token', over((name) => new MeanOfNothing({ name })), means, ['no token']],
    ['NaN in gradients', over((name) => new DeviationOfOne({ name })), deviations, ['gradient of tokens']],
    [
      'noise that never rests',
      over((name) => new AlwaysNoisy({ name })),
      means,
      [...outside, 'one token', 'no token', 'inference', 'compiled', 'bf16', 'serialization'],
    ],
    ['a class that is not registered', over((name) => new Unregistered({ name })), means, ['serialization']],
    [
      'a forgotten argument',
      over((name) => new Forgetful({ name, scale: 2 })),
      (tokens) => means(tokens).map((x) => 2 * x),
      ['serialization'],
    ],
    ['a wrong output shape', over((name) => new WrongShape({ name })), means, ['output shape']],
    ['values read in JavaScript', over((name) => new ReadingValues({ name })), means, ['compiled', 'bf16']],
    ['names of its own', over(() => new MeanOfNothing({ name: 'mine' })), means, ['no token', 'names']],
    [
      'a start without a seed',
      over((name) => new Unseeded({ name })),
      (tokens, [scale]) => means(tokens).map((x) => x * scale![0]!),
      ['seed'],
    ],
    // Compiled functions refuse a tensor that is kept, too.
    ['a leak', over((name) => new Leaking({ name })), means, ['compiled', 'bf16', 'memory']],
  ];
  it.each(cases)('finds %s', (_, apply, reference, expected) => {
    const faults = checkHead({ head: { spec: 'broken', apply }, reference });
    expect(
      faults.map((fault) => fault.split(':')[0]),
      faults.join('\n'),
    ).toEqual(expected);
  });
});
