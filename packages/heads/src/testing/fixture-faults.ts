/** Compares a head with what sentence-transformers or PyTorch give for it, for tests. */
import { readFileSync } from 'node:fs';
import { compile, tf } from '@foldwise/tensorflow';
import { findHead } from '../find-head.ts';
import { variablesOf } from './variables-of.ts';

interface Case {
  /** Of the hidden states. */
  scale: number;
  /** [texts][features] */
  pooled: number[][];
  /** Of the sum of the pooled vectors times `slopes`. */
  gradient: number[][][];
  slopes: number[][];
  weights: number[][];
  weight_gradients: number[][];
}

const { hidden, mask, cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/poolings.json', import.meta.url), 'utf8'),
) as { hidden: number[][][]; mask: number[][]; cases: Record<string, Case> };

/**
 * What differs from the case of fixtures/make_poolings.py, one line each, by more than `tolerance` of the largest
 * number: the vectors, the gradient of the hidden states, and those of the weights, in a compiled function.
 */
export function fixtureFaults(name: string, { spec = name, tolerance = 2e-6 } = {}): string[] {
  const { scale, pooled, gradient, slopes, weights, weight_gradients } = cases[name]!;
  return tf.tidy(() => {
    const states = tf.tensor3d(hidden).mul<tf.Tensor3D>(scale);
    const hiddenStates = [tf.input({ shape: [null, states.shape[2]] })];
    const masks = tf.input({ shape: [null], dtype: 'int32' });
    const outputs = findHead(spec).apply({ hiddenStates, mask: masks }, 'head');
    const model = tf.model({ inputs: [hiddenStates[0]!, masks], outputs });
    model.setWeights(weights.map((values, i) => tf.tensor(values, model.weights[i]!.shape as number[])));
    const variables = variablesOf(model);
    const run = compile((states: tf.Tensor, mask: tf.Tensor, slopes: tf.Tensor) => {
      const pool = (states: tf.Tensor) => model.apply([states, mask]) as tf.Tensor;
      const loss = () => pool(states).mul(slopes).sum<tf.Scalar>();
      const { grads } = variables.length ? tf.variableGrads(loss, variables) : { grads: {} };
      return [
        pool(states),
        tf.grad(pool)(states, slopes),
        ...variables.map(({ name }) => (grads as tf.NamedTensorMap)[name]!),
      ];
    });
    const found = run(states, tf.tensor2d(mask, undefined, 'int32'), tf.tensor2d(slopes));
    run.dispose();
    model.dispose();
    const named: [string, unknown][] = [
      ['pooled', pooled],
      ['gradient', gradient],
      ...model.trainableWeights.map(({ originalName }, i): [string, unknown] => [
        `gradient of ${originalName}`,
        weight_gradients[i],
      ]),
    ];
    return named.flatMap(([what, expected], i) => {
      const theirs = tf.util.flatten<number>(expected as tf.RecursiveArray<number>);
      const ours = found[i]!.dataSync();
      const largest = Math.max(...theirs.map(Math.abs));
      const off = theirs.map((value, at) => Math.abs(ours[at]! - value) / largest);
      const worst = off.findIndex((x) => !(x <= tolerance));
      if (ours.length !== theirs.length)
        return [`${what}: ${ours.length} numbers, expected ${theirs.length}`];
      return worst < 0 ? [] : [`${what} at ${worst}: ${ours[worst]}, expected ${theirs[worst]}`];
    });
  });
}
