/** The kernels of tfjs-node 4.22 that fail or waste time with today's TensorFlow or in compiled functions, done right. */
import { tf } from '../tf.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';

interface Call {
  inputs: Record<string, tf.TensorInfo>;
  attrs: { axis?: number; keepDims?: boolean; shape?: number[] };
  backend: TensorflowBackend;
}

/** Replaces them in TensorFlow.js's registry. Call it once, after tfjs-node's are registered. */
export function correctKernels(): void {
  replace('GatherV2', gather);
  replace('Mean', mean);
  replace('Reshape', reshape);
  replace('Round', round);
}

function replace(kernelName: string, kernel: (call: Call, original: tf.KernelFunc) => tf.TensorInfo): void {
  const { kernelFunc } = tf.getKernel(kernelName, 'tensorflow');
  tf.unregisterKernel(kernelName, 'tensorflow');
  tf.registerKernel({
    kernelName,
    backendName: 'tensorflow',
    kernelFunc: (call) => kernel(call as unknown as Call, kernelFunc),
  });
}

/** tfjs-node reads the indices to check them, which a compiled function cannot; there, TensorFlow checks (on the CPU). */
function gather({ inputs, attrs, backend }: Call, original: tf.KernelFunc): tf.TensorInfo {
  const unread = Object.assign(Object.create(backend) as TensorflowBackend, { readSync: () => [] });
  return original({ inputs, attrs, backend: backend.binding.trace ? unread : backend }) as tf.TensorInfo;
}

/** tfjs-node casts to float32 and then states the type before the cast. */
function mean({ inputs: { x }, attrs: { axis, keepDims }, backend }: Call): tf.TensorInfo {
  const axes = tf.tensor1d(tf.util.parseAxisParam(axis!, x!.shape), 'int32');
  const asFloat = tf.cast(x as tf.Tensor, 'float32');
  const attributes = backend.createReductionOpAttrs(asFloat, keepDims);
  const result = backend.executeSingleOutput('Mean', attributes, [asFloat, axes]);
  asFloat.dispose();
  axes.dispose();
  return result;
}

/** In a compiled function, a tensor that was reshaped before is not reshaped twice. */
function reshape({ inputs, attrs, backend }: Call, original: tf.KernelFunc): tf.TensorInfo {
  if (!backend.binding.trace) return original({ inputs, attrs, backend }) as tf.TensorInfo;
  const x = inputs.x!;
  const shape = tf.util.inferFromImplicitShape(attrs.shape!, tf.util.sizeFromShape(x.shape));
  return backend.createOutputTensor(backend.binding.reshapeSymbol(backend.getInputTensorIds([x])[0]!, shape));
}

/** TensorFlow 2.21 rounds whole numbers to 0 on the CPU (its Python API never asks it to). */
function round({ inputs: { x }, backend }: Call): tf.TensorInfo {
  const tensor = x as tf.Tensor;
  return tensor.dtype === 'int32' ? tf.clone(tensor) : backend.executeSingleInput('Round', tensor);
}
