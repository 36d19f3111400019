import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import type { Nested } from './nested.ts';
import { binding, compiled, taken, variable, watchLeaks } from './testing/compiled.ts';

watchLeaks();

describe('compile: values', () => {
  it('gives what the plain function gives', () => {
    const block = (x: tf.Tensor, w: tf.Tensor) =>
      tf.concat([tf.softmax(tf.matMul(x, w).erf()), x.mean(-1, true), tf.split(x, 2, 1)[1]!.square()], 1);
    const x = tf.tensor2d([0.5, -1, 2, 0.25, 3, -2], [3, 2]);
    const w = tf.tensor2d([1, 0.5, -0.5, 0.25], [2, 2]);
    const fast = compiled(block);
    const expected = taken(tf.tidy(() => block(x, w)));
    for (let i = 0; i < 2; i++)
      taken(fast(x, w)).forEach((value, j) => expect(value).toBeCloseTo(expected[j]!, 6));
    tf.dispose([x, w]);
  });

  it('takes and returns nested structures', () => {
    const fast = compiled(({ pair, label }: { pair: tf.Tensor[]; label: string }) => ({
      sum: pair[0]!.add(pair[1]!),
      more: [pair[0]!.neg(), { label, none: null }],
    }));
    const pair = [tf.tensor1d([1, 2]), tf.tensor1d([10, 20])];
    const { sum, more } = fast({ pair, label: 'x' }) as { sum: tf.Tensor; more: [tf.Tensor, Nested] };
    expect(taken(sum)).toEqual([11, 22]);
    expect(taken(more[0])).toEqual([-1, -2]);
    expect(more[1]).toEqual({ label: 'x', none: null });
    tf.dispose(pair);
  });

  it('keeps the data types', () => {
    const fast = compiled((i: tf.Tensor, b: tf.Tensor, s: tf.Tensor) => [
      i.add(tf.scalar(1, 'int32')),
      b.logicalNot(),
      s.reshape([1]),
    ]);
    const args = [
      tf.tensor1d([7], 'int32'),
      tf.tensor1d([true], 'bool'),
      tf.scalar('héllo', 'string'),
    ] as const;
    const [i, b, s] = fast(...args);
    expect([i!.dtype, b!.dtype, s!.dtype]).toEqual(['int32', 'bool', 'string']);
    expect([i!.dataSync()[0], b!.dataSync()[0], s!.dataSync()[0]]).toEqual([8, 0, 'héllo']);
    tf.dispose([i!, b!, s!, ...args]);
  });

  it('computes complex numbers', () => {
    const fast = compiled((re: tf.Tensor, im: tf.Tensor) => tf.complex(re, im).square());
    const args = [tf.tensor1d([1]), tf.tensor1d([2])] as const;
    expect(taken(fast(...args))).toEqual([-3, 4]);
    tf.dispose([...args]);
  });

  it('returns an argument and a captured tensor as tensors of their own', () => {
    const captured = tf.tensor1d([5]);
    const fast = compiled((x: tf.Tensor) => [x, captured]);
    const x = tf.tensor1d([4]);
    const [a, b] = fast(x) as [tf.Tensor, tf.Tensor];
    tf.dispose([x, captured]);
    expect([...taken(a), ...taken(b)]).toEqual([4, 5]);
  });

  it('traces gradients', () => {
    const fast = compiled((x: tf.Tensor) => tf.grad((y: tf.Tensor) => y.square().mul(y).sum())(x));
    const x = tf.tensor1d([1, 2, -3]);
    expect(taken(fast(x))).toEqual([3, 12, 27]); // 3x²
    x.dispose();
  });

  it('lets gradients through, compiled before or not', () => {
    const fast = compiled((x: tf.Tensor) => x.square());
    const x = tf.tensor1d([3]);
    const gradient = () => taken(tf.grad((y: tf.Tensor) => fast(y).add(y))(x));
    expect(gradient()).toEqual([7]); // 2x + 1
    expect(taken(fast(x))).toEqual([9]);
    expect(gradient()).toEqual([7]);
    x.dispose();
  });

  it('gathers by indices that are arguments', () => {
    const fast = compiled((x: tf.Tensor, i: tf.Tensor) => tf.gather(x, i as tf.Tensor1D));
    const args = [tf.tensor1d([5, 6, 7]), tf.tensor1d([2, 0], 'int32')] as const;
    expect(taken(fast(...args))).toEqual([7, 5]);
    tf.dispose([...args]);
  });

  it('keeps a large constant whose tensor is gone', () => {
    const large = tf.range(0, 5000);
    const fast = compiled((x: tf.Tensor) => x.add(large).max());
    const x = tf.scalar(1);
    taken(fast(x));
    large.dispose();
    expect(taken(fast(x))).toEqual([5000]);
    x.dispose();
  });

  it('runs inline in the trace of another compiled function', () => {
    const inner = compiled((x: tf.Tensor) => x.add(1));
    const outer = compiled((x: tf.Tensor) => inner(x).mul(10));
    const x = tf.scalar(4);
    expect(taken(outer(x))).toEqual([50]);
    expect(taken(inner(x))).toEqual([5]);
    x.dispose();
  });
});

describe('compile: signatures', () => {
  it('traces once for each of them, plain values included', () => {
    const traced: string[] = [];
    const scale = compiled((x: tf.Tensor, factor: number) => x.mul(factor), {
      onTrace: ({ signature }) => traced.push(signature),
    });
    const vector = tf.tensor1d([1, 2]);
    const matrix = tf.tensor2d([[3]]);
    expect(taken(scale(vector, 2))).toEqual([2, 4]);
    expect(taken(scale(vector, 3))).toEqual([3, 6]);
    expect(taken(scale(matrix, 3))).toEqual([9]);
    expect(taken(scale(vector, 2))).toEqual([2, 4]);
    expect(traced).toEqual(['[float32[2],2]', '[float32[2],3]', '[float32[1,1],3]']);
    tf.dispose([vector, matrix]);
  });

  it('refuses one more than the cap', () => {
    const fast = compiled((x: tf.Tensor, n: number) => x.mul(n), { name: 'scale', maxVariants: 2 });
    const x = tf.scalar(1);
    taken(fast(x, 1));
    taken(fast(x, 2));
    expect(() => fast(x, 3)).toThrow(
      'scale would be compiled for more than 2 signatures; the last two: [float32[],2] and [float32[],3]. Pad inputs to a few shapes, pass changing numbers as tensors, or raise maxVariants.',
    );
    expect(taken(fast(x, 2))).toEqual([2]);
    x.dispose();
  });
});

describe('compile: calls', () => {
  it('leaves nothing behind in 1,000 of them', () => {
    const v = variable([0]);
    const step = compiled((x: tf.Tensor) => {
      v.assign(v.add(x));
      return { twice: v.mul(2) };
    });
    const x = tf.tensor1d([1]);
    tf.dispose(step(x));
    const before = [tf.memory().numTensors, binding().getNumOfTensors()];
    for (let i = 0; i < 999; i++) tf.dispose(step(x));
    expect([tf.memory().numTensors, binding().getNumOfTensors()]).toEqual(before);
    expect(v.dataSync()[0]).toBe(1000);
    x.dispose();
  });

  it('frees what it captured when disposed, and traces again after', () => {
    const large = tf.range(0, 5000);
    let traces = 0;
    const fast = compiled((x: tf.Tensor) => x.add(large).max(), { onTrace: () => traces++ });
    const x = tf.scalar(1);
    taken(fast(x));
    const { api } = binding().context;
    const freed: bigint[] = [];
    const deleteHandle = api.deleteHandle;
    api.deleteHandle = Object.assign((handle: bigint) => {
      freed.push(handle);
      deleteHandle(handle);
    }, deleteHandle);
    fast.dispose();
    api.deleteHandle = deleteHandle;
    expect(freed).toHaveLength(1);
    expect(taken(fast(x))).toEqual([5000]);
    expect(traces).toBe(2);
    tf.dispose([x, large]);
  });
});
