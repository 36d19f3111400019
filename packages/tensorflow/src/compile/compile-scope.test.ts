import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { dropout } from '../ops/dropout.ts';
import { usesKernels } from '../ops/kernels.ts';
import {
  packedSequences,
  trainWith,
  withKernels,
  withPackedSequences,
  withPrecision,
  type PackedSequences,
} from '../scope/scope.ts';
import { tf } from '../tf.ts';
import { compile } from './compile.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
const seedOf = (step: number) => tf.tensor1d([7, step], 'int32');
const sequencesOf = (...lengths: number[]): PackedSequences => ({
  starts: tf.tensor1d(
    [0, ...lengths.map((_, i) => lengths.slice(0, i + 1).reduce((a, b) => a + b))],
    'int32',
  ),
  positions: tf.tensor2d(
    [lengths.flatMap((n) => Array.from({ length: n }, (_, i) => i))],
    undefined,
    'int32',
  ),
  longest: Math.max(...lengths),
});

describe('a compiled function in a scope', () => {
  it('multiplies in the precision of each call', () => {
    // 1 + 2^-9 is 1 in bf16.
    const [a, b] = [tf.tensor2d([[1 + 2 ** -9]]), tf.tensor2d([[1]])];
    for (const first of ['bf16', 'fp32'] as const) {
      const multiply = compile((a: tf.Tensor2D, b: tf.Tensor2D) => tf.matMul(a, b));
      withPrecision(first, () => multiply(a, b));
      expect(values(multiply(a, b))).toEqual([1 + 2 ** -9]);
      expect(values(withPrecision('bf16', () => multiply(a, b)))).toEqual([1]);
    }
  });

  it('trains, and from the seed of each call, with one trace', () => {
    const x = tf.ones([64]);
    let traces = 0;
    const drop = compile((x: tf.Tensor) => dropout(x, 0.5), { onTrace: () => traces++ });
    expect(values(drop(x))).toEqual(values(x));
    for (const step of [1, 2, 3]) {
      const expected = values(trainWith(seedOf(step), () => dropout(x, 0.5)));
      expect(values(trainWith(seedOf(step), () => drop(x)))).toEqual(expected);
    }
    expect(values(drop(x))).toEqual(values(x));
    expect(traces).toBe(2);
  });

  it('counts random operations on, as the plain function does', () => {
    const x = tf.ones([64]);
    const plain = (x: tf.Tensor) => dropout(dropout(x, 0.5), 0.5);
    const drop = compile(plain);
    const run = (fn: typeof plain) => trainWith(seedOf(1), () => [fn(x), dropout(x, 0.5), fn(x)].map(values));
    const [first, , third] = run(drop);
    expect(run(drop)).toEqual(run(plain));
    expect(first).not.toEqual(third);
  });

  it('takes the sequences of each call as arguments, with one trace for a shape', () => {
    let traces = 0;
    const last = compile(
      (x: tf.Tensor) => x.gather(packedSequences()!.starts.slice([1]).sub(tf.scalar(1, 'int32'))),
      {
        onTrace: () => traces++,
      },
    );
    const x = tf.tensor1d([10, 11, 12, 13, 14]);
    expect(values(withPackedSequences(sequencesOf(2, 3), () => last(x)))).toEqual([11, 14]);
    expect(values(withPackedSequences(sequencesOf(3, 2), () => last(x)))).toEqual([12, 14]);
    expect(values(withPackedSequences(sequencesOf(3, 1, 1), () => last(x)))).toEqual([12, 13, 14]);
    expect(traces).toBe(2);
  });

  it('has our kernels, or not, as each call does', () => {
    const seen: boolean[] = [];
    const trace = compile((x: tf.Tensor) => {
      seen.push(usesKernels());
      return x.add(1);
    });
    const x = tf.scalar(1);
    trace(x);
    withKernels(false, () => trace(x));
    trace(x);
    expect(seen).toEqual([true, false]);
  });

  it('runs beside another one, each in its own scope', async () => {
    const [a, b] = [tf.tensor2d([[1 + 2 ** -9]]), tf.tensor2d([[1]])];
    const multiply = compile((a: tf.Tensor2D, b: tf.Tensor2D) => tf.matMul(a, b));
    const calls: Promise<tf.Tensor>[] = [];
    withPrecision('bf16', () => void calls.push(multiply.async(a, b)));
    calls.push(multiply.async(a, b));
    expect((await Promise.all(calls)).map((tensor) => values(tensor)[0])).toEqual([1, 1 + 2 ** -9]);
  });

  it('tells its scope in its signature', () => {
    const signatures: string[] = [];
    const fn = compile((x: tf.Tensor) => x.neg(), {
      onTrace: ({ signature }) => signatures.push(signature),
    });
    fn(tf.scalar(1));
    withPrecision('bf16', () => fn(tf.scalar(1)));
    expect(signatures).toEqual(['[float32[]]', '[float32[]]{"precision":"bf16"}']);
  });
});
