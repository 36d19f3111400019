import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import type { Nested } from './nested.ts';
import { binding, compiled, taken, variable, watchLeaks } from './testing/compiled.ts';

watchLeaks();

describe('errors of compiled functions', () => {
  it('names the operation whose value is read', () => {
    const fast = compiled((x: tf.Tensor) => x.mul(x.exp().dataSync()[0]!), { name: 'step' });
    const x = tf.scalar(1);
    expect(() => fast(x)).toThrow(/was read while compiling step: the result of Exp, which is not known/);
    x.dispose();
  });

  it('names the variable whose value is read', () => {
    const scale = tf.tidy(() => tf.variable(tf.scalar(2), true, 'scale'));
    const fast = compiled((x: tf.Tensor) => x.mul(scale.dataSync()[0]!), { name: 'step' });
    const x = tf.scalar(1);
    expect(() => fast(x)).toThrow(/the variable scale was read while compiling step/);
    tf.dispose([x, scale]);
  });

  it('refuses a shape that depends on data', () => {
    const fast = compiled((x: tf.Tensor) => tf.unique(x).values, { name: 'distinct' });
    const x = tf.tensor1d([1, 1, 2]);
    expect(() => fast(x)).toThrow(
      /^Unique.* gives a tensor whose shape depends on values, so distinct cannot/,
    );
    x.dispose();
  });

  it('refuses a tensor that leaked out of a trace', () => {
    let leaked: tf.Tensor | undefined;
    const fast = compiled(
      (x: tf.Tensor) => {
        // As a backend's own code may, past `tf.keep`.
        leaked = x.exp();
        leaked.kept = true;
        return x.neg();
      },
      { name: 'leaky' },
    );
    const x = tf.scalar(1);
    taken(fast(x));
    expect(() => leaked!.add(1)).toThrow(/leaked out of the compiled function leaky: the result of Exp/);
    expect(() => fast(leaked!)).toThrow(/leaked out of the compiled function/);
    tf.dispose([leaked!, x]);
  });

  it('refuses strings where XLA compiles', () => {
    const fast = compiled((x: tf.Tensor) => x.reshape([2, 1]), { name: 'words', xla: true });
    const x = tf.tensor1d(['a', 'b'], 'string');
    expect(() => fast(x)).toThrow('words takes a tensor of strings, which XLA has not');
    x.dispose();
  });

  it('refuses a disposed argument', () => {
    const fast = compiled(({ x }: { x: tf.Tensor }) => x.neg(), { name: 'negate' });
    const x = tf.tensor1d([1, 2]);
    x.dispose();
    expect(() => fast({ x })).toThrow('negate[0].x is a disposed tensor of shape [2].');
  });

  it('refuses what is neither tensor nor plain value', () => {
    const fast = compiled((x: Nested) => x, { name: 'same' });
    expect(() => fast(new Date() as never)).toThrow('same[0] is a Date; expected tensors and plain values');
    expect(() => fast((() => 1) as never)).toThrow(
      'same[0] is a function; expected a tensor or a plain value.',
    );
  });

  it('refuses an asynchronous function', () => {
    const fast = compiled(((x: tf.Tensor) => Promise.resolve(x)) as never);
    const x = tf.scalar(1);
    expect(() => fast(x)).toThrow('is asynchronous; a compiled function returns tensors');
    x.dispose();
  });

  it('passes on what TensorFlow refuses, and works at the next call', () => {
    const v = variable([1, 2]);
    let broken = true;
    const fast = compiled((x: tf.Tensor) => {
      v.assign(v.add(x));
      if (broken) binding().executeOp('Reshape', [], [], 1);
      return v.neg();
    });
    const x = tf.tensor1d([10, 20]);
    expect(() => fast(x)).toThrow();
    expect(Array.from(v.dataSync())).toEqual([1, 2]);
    broken = false;
    expect(taken(fast(x))).toEqual([-11, -22]);
    expect(Array.from(v.dataSync())).toEqual([11, 22]);
    x.dispose();
  });

  it('does not take the error of one trace for that of the next', () => {
    const wrong = compiled(() => {
      binding().executeOp('NoSuchOperation', [], [], 1);
      return null;
    });
    const right = compiled((x: tf.Tensor) => x.neg());
    const x = tf.scalar(1);
    expect(() => wrong()).toThrow(/NoSuchOperation/);
    expect(taken(right(x))).toEqual([-1]);
    x.dispose();
  });

  it('throws from a running function', () => {
    const fast = compiled((x: tf.Tensor, i: tf.Tensor) => tf.gather(x, i as tf.Tensor1D));
    const x = tf.tensor1d([1, 2]);
    const far = tf.tensor1d([5], 'int32');
    expect(() => fast(x, far)).toThrow(/indices\[0\] = 5 is not in \[0, 2\)/);
    tf.dispose([x, far]);
  });
});
