/**
 * The random operations of TensorFlow.js, which draw in JavaScript: in a compiled function, where that would happen once
 * and for all, those without a seed become TensorFlow's own, which draw at each call, as in Python's tf.function. With a
 * seed they give the same numbers at each call, compiled or not.
 */
import { createRequire } from 'node:module';
import * as core from '@tensorflow/tfjs-core';
import { AttributeKind, type Attribute } from '../binding/attributes.ts';

/** What this needs of the native backend; apart from its own type, which needs TensorFlow.js. */
interface Tracing {
  binding?: { trace: object | undefined; TF_FLOAT: number; TF_INT32: number };
  executeSingleOutput: (name: string, attributes: Attribute[], inputs: core.Tensor[]) => core.Tensor;
}

/** The native backend, while it traces a compiled function. */
function tracing(): Required<Tracing> | undefined {
  if (core.engine().backendName !== 'tensorflow') return undefined;
  const backend = core.backend() as unknown as Tracing;
  return backend.binding?.trace ? (backend as Required<Tracing>) : undefined;
}

/** One of TensorFlow's generators, of float32; seeds of 0 mean that every call draws others. */
function draw(
  backend: Required<Tracing>,
  operation: string,
  shape: number[],
  ...more: core.Tensor[]
): core.Tensor {
  const { TF_FLOAT, TF_INT32 } = backend.binding;
  const gamma = operation === 'RandomGamma';
  const attributes = [
    ...(gamma ? [] : [type('dtype', TF_FLOAT)]),
    type(gamma ? 'S' : 'T', TF_INT32),
    ...(gamma ? [type('T', TF_FLOAT)] : []),
    ...seeds,
  ];
  return backend.executeSingleOutput(operation, attributes, [core.tensor1d(shape, 'int32'), ...more]);
}

const stock = {
  dropout: core.dropout,
  multinomial: core.multinomial,
  randomGamma: core.randomGamma,
  randomNormal: core.randomNormal,
  randomUniform: core.randomUniform,
  truncatedNormal: core.truncatedNormal,
};

const type = (name: string, value: number): Attribute => ({ name, type: AttributeKind.type, value });
const seeds = ['seed', 'seed2'].map((name) => ({ name, type: AttributeKind.int, value: 0 }));

/** Its layers hand null on for none. */
function isGiven(seed: number | string | null | undefined): boolean {
  return seed !== undefined && seed !== null;
}

/** As TensorFlow.js puts numbers into an array of whole ones: `round`ed by the generator, or cut off. */
function inType<R extends core.Rank>(x: core.Tensor, dtype: core.DataType = 'float32', round = true) {
  if (dtype === 'float32') return x as core.Tensor<R>;
  return (round ? core.floor(core.add(x, 0.5)) : x).cast<core.Tensor<R>>(dtype);
}

export const randomUniform: typeof core.randomUniform = (shape, minval = 0, maxval = 1, dtype, seed) => {
  const backend = isGiven(seed) ? undefined : tracing();
  if (!backend) return stock.randomUniform(shape, minval, maxval, dtype, seed);
  return core.tidy(() =>
    inType(
      draw(backend, 'RandomUniform', shape)
        .mul(maxval - minval)
        .add(minval),
      dtype,
      false,
    ),
  );
};

export const randomUniformInt: typeof core.randomUniformInt = (shape, minval, maxval, seed) =>
  randomUniform(shape, minval, maxval, 'int32', seed);

export const randomNormal: typeof core.randomNormal = (shape, mean = 0, stdDev = 1, dtype, seed) => {
  const backend = seed ? undefined : tracing();
  if (!backend) return stock.randomNormal(shape, mean, stdDev, dtype, seed);
  return core.tidy(() => inType(draw(backend, 'RandomStandardNormal', shape).mul(stdDev).add(mean), dtype));
};

export const randomStandardNormal: typeof core.randomStandardNormal = (shape, dtype, seed) =>
  randomNormal(shape, 0, 1, dtype, seed);

export const truncatedNormal: typeof core.truncatedNormal = (shape, mean = 0, stdDev = 1, dtype, seed) => {
  const backend = seed ? undefined : tracing();
  if (!backend) return stock.truncatedNormal(shape, mean, stdDev, dtype, seed);
  return core.tidy(() => inType(draw(backend, 'TruncatedNormal', shape).mul(stdDev).add(mean), dtype));
};

/** TensorFlow.js multiplies by `beta`, which it calls a rate. */
export const randomGamma: typeof core.randomGamma = (shape, alpha, beta = 1, dtype, seed) => {
  const backend = seed ? undefined : tracing();
  if (!backend) return stock.randomGamma(shape, alpha, beta, dtype, seed);
  return core.tidy(() => inType(draw(backend, 'RandomGamma', shape, core.scalar(alpha)).mul(beta), dtype));
};

export const multinomial: typeof core.multinomial = (logits, samples, seed, normalized) =>
  // The kernel takes whole numbers, so that this one is 0 to it; without one, TensorFlow.js asks Math.random.
  stock.multinomial(logits, samples, seed || (tracing() ? Number.MIN_VALUE : undefined), normalized);

export const dropout: typeof core.dropout = (x, rate, noiseShape, seed) => {
  if (isGiven(seed) || rate === 0 || !tracing()) return stock.dropout(x, rate, noiseShape, seed);
  return core.tidy(() => {
    const tensor = core.clone(x);
    // A layer's noise shape has null where it is the tensor's own.
    const sizes: readonly (number | null)[] = noiseShape ?? tensor.shape;
    const shape = sizes.map((size, axis) => size ?? tensor.shape[axis]!);
    return tensor.mul(
      randomUniform(shape)
        .add(1 - rate)
        .floor()
        .div(1 - rate),
    );
  });
};

// TensorFlow.js's layers take what the package exports at each call.
const exported = createRequire(import.meta.url)('@tensorflow/tfjs-core') as Record<string, unknown>;
if (exported['randomUniform'] === stock.randomUniform)
  Object.assign(exported, {
    dropout,
    multinomial,
    randomGamma,
    randomNormal,
    randomStandardNormal,
    randomUniform,
    randomUniformInt,
    truncatedNormal,
  });
