import { parameterOf, startEngine, tf, variableOf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { findHead } from './find-head.ts';
import { heads } from './heads.ts';
import { linearOutput, outputLayers } from './output/output-layers.ts';
import { headModel } from './testing/head-model.ts';
import { hidden } from './testing/texts.ts';

beforeAll(async () => {
  await startEngine();
});

/** Each head's values and gradients are checked in its own test, beside it. */
describe.each(Object.entries(heads))('the head %s', (name, kind) => {
  it('is found by each of its examples', () => {
    expect(kind.examples).not.toEqual([]);
    for (const spec of kind.examples) {
      expect(spec.split(':')[0]).toBe(name);
      const head = findHead(spec);
      expect(Object.keys(head)).toEqual(['spec', 'apply']);
      expect(head.spec).toBe(spec);
      expect(head.apply).toBeTypeOf('function');
    }
  });

  it('says in one line what it is and where it is from', () => {
    expect(kind.syntax.split(/[:[]/)[0]).toBe(name);
    expect(kind.description).toMatch(/^[^\n]{10,}[^\n.]$/);
    expect(kind.source).toMatch(/\d{4}/);
  });
});

describe('heads', () => {
  it('have examples that differ, and none twice', () => {
    const specs = Object.values(heads).flatMap((kind) => kind.examples);
    expect(new Set(specs).size).toBe(specs.length);
  });
});

/** Biases and scales, and GeM's exponent; what is not listed here has no such weight. */
const undecayed: Readonly<Record<string, string[]>> = {
  pooler: ['bias'],
  gem: ['log_exponent'],
  attention: ['bias'],
  'multi-head-attention:4': ['value_bias', 'output_bias'],
  'weighted-layers': ['gamma'],
  'weighted-layers:cls': ['gamma'],
  'weighted-layers:attention': ['gamma', 'bias'],
  'layer-lstm': ['bias'],
  'layer-lstm:128': ['bias'],
  'layer-gru': ['bias', 'recurrent_bias'],
  'layer-gru:128': ['bias', 'recurrent_bias'],
  lstm: ['bias'],
  'lstm:128': ['bias'],
  bilstm: ['bias', 'backward_bias'],
  'bilstm:128': ['bias', 'backward_bias'],
  gru: ['bias', 'recurrent_bias'],
  'gru:128': ['bias', 'recurrent_bias'],
  bigru: ['bias', 'recurrent_bias', 'backward_bias', 'backward_recurrent_bias'],
  'bigru:128': ['bias', 'recurrent_bias', 'backward_bias', 'backward_recurrent_bias'],
  conv1d: ['bias'],
  'conv1d:128x5': ['bias'],
};

describe('weights', () => {
  const pooler = { kernel: new Float32Array(hidden ** 2), bias: new Float32Array(hidden) };
  /** Ends of the names of those that weight decay leaves out; all are to be of the group `head`, with no depth. */
  const undecayedOf = (model: tf.LayersModel) =>
    model.weights.flatMap((weight) => {
      const { decay, group, depth } = parameterOf(variableOf(weight));
      expect({ group, depth }).toEqual({ group: 'head', depth: undefined });
      return decay ? [] : [weight.originalName.replace(/^.*\//, '')];
    });

  it.each(Object.values(heads).flatMap((kind) => kind.examples))('of %s decay but for biases', (spec) => {
    const model = headModel({ head: findHead(spec), reference: () => [], pooler });
    expect(undecayedOf(model)).toEqual(undecayed[spec] ?? []);
    model.dispose();
  });

  it('of hidden layers and of the output decay but for biases', () => {
    const pooled = tf.input({ shape: [2] });
    const settings = { ...linearOutput, hidden: [3] };
    const outputs = outputLayers(pooled, { settings, outputs: 2, seed: 0, bias: Float32Array.of(0, 0) });
    const model = tf.model({ inputs: pooled, outputs });
    expect(model.weights).toHaveLength(4);
    expect(undecayedOf(model)).toEqual(['bias', 'bias']);
    model.dispose();
  });
});
