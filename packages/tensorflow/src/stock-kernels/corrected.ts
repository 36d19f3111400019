/** The kernels of tfjs-node 4.22 that fail or waste time with today's TensorFlow or in compiled functions, done right. */
import type { TensorflowBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';
import { fusedConv2d } from './fused-conv2d.ts';
import { registerKernels, type Call, type StockKernel } from './kernel.ts';
import { paddedConvolution } from './padded-convolutions.ts';
import { paddedPool } from './padded-pools.ts';

const pools = ['AvgPool', 'AvgPool3D', 'MaxPool', 'MaxPool3D'].flatMap((name) => [name, `${name}Grad`]);
const convolutions = ['Conv2D', 'DepthwiseConv2dNative'].flatMap((name) => [
  name,
  `${name}BackpropFilter`,
  `${name}BackpropInput`,
]);

/** Puts them in the place of tfjs-node's. */
export function registerCorrected(): void {
  correct('Diag', diag);
  correct('Einsum', einsum);
  correct('Exp', exp);
  correct('FusedBatchNorm', batchNorm);
  correct('FusedConv2D', fusedConv2d);
  correct('GatherV2', gather);
  correct('LeakyRelu', leakyRelu);
  correct('Mean', mean);
  correct('PadV2', pad);
  correct('Reshape', reshape);
  correct('Round', round);
  correct('ScatterNd', scatterNd);
  correct('Step', step);
  for (const name of pools) registerKernels({ [name]: paddedPool(name, originalOf(name)) });
  for (const name of [...convolutions, 'FusedConv2D', 'FusedDepthwiseConv2D'])
    registerKernels({ [name]: paddedConvolution(name, originalOf(name)) });
}

function correct(name: string, kernel: (call: Call<never>, original: StockKernel) => tf.TensorInfo): void {
  const original = originalOf(name);
  registerKernels({ [name]: (call) => kernel(call, original) });
}

function originalOf(name: string): StockKernel {
  return tf.getKernel(name, 'tensorflow').kernelFunc as unknown as StockKernel;
}

/** TensorFlow puts no bool on a diagonal. */
function diag(call: Call, original: StockKernel): tf.TensorInfo {
  const x = call.inputs['x']!;
  return x.dtype === 'bool' ? tf.tidy(() => tf.cast(tf.diag(tf.cast(x, 'int32')), 'bool')) : original(call);
}

/** TensorFlow gives something for axes that no operand has, unless it builds a graph. The words are TensorFlow.js's. */
function einsum(call: Call<{ equation: string }>, original: StockKernel): tf.TensorInfo {
  const { equation } = call.attrs;
  const [operands, result = ''] = equation.split('->');
  const unknown = result.match(/[a-z]/gi)?.find((axis) => !operands!.includes(axis));
  if (unknown)
    throw new Error(`Output subscripts contain the label ${unknown} not present in the input subscripts.`);
  return original(call);
}

/** tfjs-node disposes of whole numbers that it is given. */
function exp({ inputs, backend }: Call): tf.TensorInfo {
  return tf.tidy(() => backend.executeSingleInput('Exp', tf.cast(inputs['x']!, 'float32')));
}

/** TensorFlow wants a vector for the channels, where TensorFlow.js takes one number as well. */
function batchNorm(call: Call<{ varianceEpsilon: number }>, original: StockKernel): tf.TensorInfo {
  const { x, mean, variance, offset, scale } = call.inputs;
  if (mean!.rank > 0) return original(call);
  return tf.tidy(() => {
    const inverse = tf.rsqrt(tf.add(variance!, call.attrs.varianceEpsilon));
    const normal = tf.mul(tf.sub(x!, mean!), scale ? tf.mul(inverse, scale) : inverse);
    return offset ? tf.add(normal, offset) : normal;
  });
}

/** tfjs-node reads the indices to check them, which a compiled function cannot; there, TensorFlow checks (on the CPU). */
function gather(call: Call, original: StockKernel): tf.TensorInfo {
  const { backend } = call;
  if (!backend.binding.trace) return original(call);
  const unread = Object.assign(Object.create(backend) as TensorflowBackend, { readSync: () => [] });
  return original({ ...call, backend: unread });
}

/** TensorFlow has it for floats only; TensorFlow.js's plain kernel makes floats of whole numbers. */
function leakyRelu(call: Call, original: StockKernel): tf.TensorInfo {
  const x = call.inputs['x']!;
  if (x.dtype === 'float32') return original(call);
  return tf.tidy(() => original({ ...call, inputs: { x: tf.cast(x, 'float32') } }));
}

/** tfjs-node casts to float32 and then states the type before the cast. */
function mean({
  inputs: { x },
  attrs: { axis, keepDims },
  backend,
}: Call<{ axis: number; keepDims?: boolean }>): tf.TensorInfo {
  const axes = tf.tensor1d(tf.util.parseAxisParam(axis, x!.shape), 'int32');
  const asFloat = tf.cast(x!, 'float32');
  const attributes = backend.createReductionOpAttrs(asFloat, keepDims);
  const result = backend.executeSingleOutput('Mean', attributes, [asFloat, axes]);
  asFloat.dispose();
  axes.dispose();
  return result;
}

/** Negative paddings cut off, as with TensorFlow.js's plain backend; TensorFlow refuses them. */
function pad(
  call: Call<{ paddings: [number, number][]; constantValue: number }>,
  original: StockKernel,
): tf.TensorInfo {
  const { paddings, constantValue } = call.attrs;
  if (paddings.flat().every((n) => n >= 0)) return original(call);
  const x = call.inputs['x']!;
  const size = x.shape.map((n, i) => n + Math.min(paddings[i]![0], 0) + Math.min(paddings[i]![1], 0));
  const excess = size.findIndex((n) => n < 0);
  if (excess >= 0)
    throw new Error(
      `pad got [${paddings[excess]}] for axis ${excess} of shape [${x.shape}]; expected paddings that cut off no more than there is.`,
    );
  return tf.tidy(() => {
    const begin = paddings.map(([before]) => Math.max(-before, 0));
    const wider = paddings.map((ends) => ends.map((n) => Math.max(n, 0)) as [number, number]);
    return tf.pad(tf.slice(x, begin, size), wider, constantValue);
  });
}

/** In a compiled function, a tensor that was reshaped before is not reshaped twice. */
function reshape(call: Call<{ shape: number[] }>, original: StockKernel): tf.TensorInfo {
  const { inputs, attrs, backend } = call;
  if (!backend.binding.trace) return original(call);
  const x = inputs['x']!;
  const shape = tf.util.inferFromImplicitShape(attrs.shape, tf.util.sizeFromShape(x.shape));
  return backend.createOutputTensor(backend.binding.reshapeSymbol(backend.getInputTensorIds([x])[0]!, shape));
}

/** TensorFlow 2.21 rounds whole numbers to 0 on the CPU (its Python API never asks it to). */
function round({ inputs, backend }: Call): tf.TensorInfo {
  const x = inputs['x']!;
  return x.dtype === 'int32' ? tf.clone(x) : backend.executeSingleInput('Round', x);
}

/** A vector of indices has one each, as with TensorFlow.js's plain backend; for TensorFlow it is one index in all. */
function scatterNd(call: Call, original: StockKernel): tf.TensorInfo {
  const { indices, updates } = call.inputs;
  if (indices!.rank !== 1 || updates!.rank === 0) return original(call);
  return tf.tidy(() => {
    const inputs = { indices: tf.reshape(indices!, [-1, 1]), updates: updates! };
    return original({ ...call, inputs });
  });
}

/** tfjs-node looks for NaN, which TensorFlow refuses to do among whole numbers. */
function step(call: Call, original: StockKernel): tf.TensorInfo {
  const x = call.inputs['x']!;
  if (x.dtype === 'float32') return original(call);
  return tf.tidy(() => {
    const steps = original({ ...call, inputs: { x: tf.cast(x, 'float32') } });
    return tf.cast(steps, x.dtype);
  });
}
