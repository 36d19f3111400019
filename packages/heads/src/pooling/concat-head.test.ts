import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { findHead } from '../find-head.ts';

const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));
const mean = (tokens: number[][]) =>
  columns(tokens).map((values) => values.reduce((total, x) => total + x, 0) / values.length);
const max = (tokens: number[][]) => columns(tokens).map((values) => Math.max(...values));
const min = (tokens: number[][]) => columns(tokens).map((values) => Math.min(...values));
const first = (tokens: number[][]) => tokens[0]!;
const last = (tokens: number[][]) => tokens.at(-1)!;

beforeAll(async () => {
  await startEngine();
});

describe('concat', () => {
  it.each([
    ['concat', [mean, max]],
    ['concat:cls+mean+max', [first, mean, max]],
    ['concat:token:-1+min+mean-max', [last, min, mean, max]],
  ])('passes every check of heads: %s', (spec, parts) => {
    const reference = (tokens: number[][]) => parts.flatMap((part) => part(tokens));
    expect(checkHead({ head: findHead(spec), reference })).toEqual([]);
  });

  it('gives each member a name of its own', () => {
    const hidden = tf.input({ shape: [null, 4] });
    const mask = tf.input({ shape: [null], dtype: 'int32' });
    const outputs = findHead('concat:attention+mean').apply({ hiddenStates: [hidden], mask }, 'head');
    const model = tf.model({ inputs: [hidden, mask], outputs });
    expect(model.layers.map(({ name }) => name).filter((name) => name.startsWith('head'))).toEqual([
      'head_0',
      'head_1',
      'head',
    ]);
    expect(outputs.shape).toEqual([null, 8]);
  });

  it.each([
    ['concat:mean', 'Head "concat:mean" lacks a member; expected concat:<head>+<head>….'],
    ['concat:', 'Head "concat:" lacks a member; expected concat:<head>+<head>….'],
    ['concat:mean+', 'Head "concat:mean+" lacks a member; expected concat:<head>+<head>….'],
    ['concat:mean+maxx', 'Head "concat:mean+maxx": Unknown head "maxx". Did you mean "max"?'],
    ['concat:token+mean', 'Head "concat:token+mean": Head "token" takes an index from -9999 to 9999'],
    ['concat:mean:2+max', 'Head "concat:mean:2+max": Head "mean" takes no argument; got "2".'],
  ])('tells what is wrong with %s', (spec, message) => {
    expect(() => findHead(spec)).toThrow(message);
  });

  it('tells which head lacks something of the encoder', () => {
    const inputs = { hiddenStates: [tf.input({ shape: [null, 4] })], mask: tf.input({ shape: [null] }) };
    expect(() => findHead('concat:mean+pooler').apply(inputs, 'head')).toThrow(
      'Head "concat:mean+pooler": Head "pooler": the checkpoint has no tensors pooler.dense.weight',
    );
  });
});
