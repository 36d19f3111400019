import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHead } from '../testing/check-head.ts';
import { hidden } from '../testing/texts.ts';
import { findHead } from '../find-head.ts';
import type { Head } from '../head.ts';

const sum = (values: number[]) => values.reduce((total, x) => total + x, 0);

const pooler = {
  kernel: Float32Array.from({ length: hidden ** 2 }, (_, i) => Math.sin(i + 1)),
  bias: Float32Array.from({ length: hidden }, (_, i) => Math.cos(i + 1)),
};

const reference = ([first]: number[][], [kernel, bias]: number[][]) =>
  bias!.map((b, j) => Math.tanh(sum(first!.map((x, i) => x * kernel![i * bias!.length + j]!)) + b));

const inputs = () => ({
  hiddenStates: [tf.input({ shape: [null, hidden] })],
  mask: tf.input({ shape: [null], dtype: 'int32' }),
  pooler,
});

function pooled(head: Head): tf.LayersModel {
  const all = inputs();
  return tf.model({ inputs: [...all.hiddenStates, all.mask], outputs: head.apply(all, 'head') });
}

beforeAll(async () => {
  await startEngine();
});

describe('pooler', () => {
  it('passes every check of heads', () => {
    expect(checkHead({ head: findHead('pooler'), pooler, reference })).toEqual([]);
  });

  it("starts from the checkpoint's weights", () => {
    const model = pooled(findHead('pooler'));
    const states = [3, 5].map((step) => Array.from({ length: hidden }, (_, i) => Math.sin(step * i)));
    const vector = model.predict([
      tf.tensor3d([states]),
      tf.tensor2d([[1, 1]], undefined, 'int32'),
    ]) as tf.Tensor;
    const expected = reference(states, [[...pooler.kernel], [...pooler.bias]]);
    vector.dataSync().forEach((x, i) => expect(x).toBeCloseTo(expected[i]!, 6));
  });

  it('names what is missing where the checkpoint has no pooler', () => {
    expect(() => findHead('pooler').apply({ ...inputs(), pooler: undefined }, 'head')).toThrow(
      'Head "pooler": the checkpoint has no tensors pooler.dense.weight and pooler.dense.bias. Take "cls", which needs none.',
    );
  });

  it('takes no argument', () => {
    expect(() => findHead('pooler:2')).toThrow('Head "pooler" takes no argument; got "2".');
  });
});
