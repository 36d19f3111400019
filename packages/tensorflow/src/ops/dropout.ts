/** Inverted dropout (Srivastava et al. 2014) from a counter-based generator, so that a seed and a step fix the mask. */
import { nativeBackend } from '../engine/native-backend.ts';
import { tf } from '../tf.ts';
import { native } from './native-op.ts';
import { trainingScope } from './training-scope.ts';
import { withGradient } from './with-gradient.ts';

/**
 * `x` with each element kept with probability `1 - rate` and divided by it, any shape; `x` itself outside
 * `trainWith`. The probability is met to 1/65536: 16 random bits decide an element.
 *
 * @throws if the rate is not in [0, 1).
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number): T {
  if (!(rate >= 0 && rate < 1)) throw new Error(`The dropout rate must be from 0 to below 1, got ${rate}.`);
  const scope = trainingScope();
  if (!scope || rate === 0) return x;
  return tf.tidy(() => {
    const call = scope.nextOperation();
    // Far apart in both places, so that no seed and step lead where another call of other ones does.
    const apart = [Math.imul(call, 0x9e3779b1), Math.imul(call, 0x85ebca6b)];
    const seed = scope.seed.add(tf.tensor1d(apart, 'int32')) as tf.Tensor1D;
    const kept = keepMask(x.shape, rate, seed);
    return scale(x, kept, 1 / (1 - rate)) as T;
  });
}

/** Float mask: 1/(1-rate) is applied with it, in one product forward and one backward. */
const scale = (x: tf.Tensor, kept: tf.Tensor, factor: number): tf.Tensor =>
  withGradient([x], ([input], save) => {
    const weights = kept.toFloat().mul(factor);
    save(weights);
    return { value: input.mul(weights), gradient: (dy, [saved]) => dy.mul(saved!) };
  });

function keepMask(shape: number[], rate: number, seed: tf.Tensor1D): tf.Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  if (!nativeBackend()) {
    const [run, step] = seed.dataSync();
    return tf
      .randomUniform(shape, 0, 1, 'float32', (run! * 2654435761 + step! * 40503) >>> 0)
      .greaterEqual(rate);
  }
  const threshold = Math.min(Math.round(rate * 65536) - 32768, 32767);
  return native((op) => {
    const words = Math.ceil(size / 2);
    const bits = op(
      'StatelessRandomUniformFullInt',
      { dtype: { type: 'int32' }, T: { type: 'int32' }, Tseed: { type: 'int32' } },
      [tf.tensor1d([words], 'int32'), seed],
    );
    const halves = op('Bitcast', { T: { type: 'int32' }, type: { type: 'int16' } }, [bits]);
    const limit = op('Cast', { SrcT: { type: 'int32' }, DstT: { type: 'int16' } }, [
      tf.scalar(threshold, 'int32'),
    ]);
    const kept = op('GreaterEqual', { T: { type: 'int16' } }, [halves, limit]);
    const flat = op('Reshape', { T: { type: 'bool' }, Tshape: { type: 'int32' } }, [
      kept,
      tf.tensor1d([words * 2], 'int32'),
    ]);
    const cut =
      words * 2 === size
        ? flat
        : op('Slice', { T: { type: 'bool' }, Index: { type: 'int32' } }, [
            flat,
            tf.tensor1d([0], 'int32'),
            tf.tensor1d([size], 'int32'),
          ]);
    return op('Reshape', { T: { type: 'bool' }, Tshape: { type: 'int32' } }, [
      cut,
      tf.tensor1d(shape, 'int32'),
    ]);
  });
}
