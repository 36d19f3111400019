import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { tf } from '../tf.ts';
import { startEngine } from '../engine/start-engine.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

let gone: tf.Tensor2D;
beforeEach(() => {
  gone = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
});

describe('an operation that is given a disposed tensor', () => {
  it.each([
    ['that TensorFlow has had', () => gone.square().dispose()],
    ['that TensorFlow has never had', () => undefined],
  ])('says which one: %s', (_, use) => {
    use();
    gone.dispose();
    const told = 'was given a tensor of float32[2,3] that has been disposed. Keep it';
    expect(() => tf.matMul(tf.ones([2, 2]), gone)).toThrow(`matMul ${told}`);
    expect(() => tf.reshape(gone, [6])).toThrow(`reshape ${told}`);
    expect(() => tf.concat([tf.ones([1, 3]), gone])).toThrow(`concat ${told}`);
  });

  it('says so of values of other types and without dimensions', () => {
    const flag = tf.scalar(true, 'bool');
    flag.dispose();
    expect(() => tf.logicalAnd(true, flag)).toThrow('logicalAnd was given a tensor of bool[] that has');
  });

  it('goes on with a value that another tensor keeps', () => {
    const other = gone.clone();
    gone.dispose();
    expect([...other.sum(1).dataSync()]).toEqual([6, 15]);
  });
});

describe('a compiled function that is given a disposed tensor', () => {
  it('says when it was disposed: before', () => {
    const step = compile(function step(x: tf.Tensor) {
      return x.add(gone);
    });
    gone.dispose();
    expect(() => step(tf.ones([2, 3]))).toThrow(
      /^add was given a tensor of float32\[2,3\] that has been disposed, while compiling step; it was disposed before that\. Keep it/,
    );
  });

  it('says when it was disposed: meanwhile', () => {
    const step = compile(function step(x: tf.Tensor) {
      const square = x.square();
      square.dispose();
      return x.add(square);
    });
    expect(() => step(tf.ones([4]))).toThrow(
      /^add was given a tensor of float32\[4\] that has been disposed, while compiling step\. Keep it/,
    );
  });
});
