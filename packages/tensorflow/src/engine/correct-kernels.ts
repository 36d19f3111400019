/** The kernels of tfjs-node 4.22 that today's TensorFlow refuses or computes wrongly, done right. */
import { tf } from '../tf.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';

type Kernel = (
  inputs: { [name: string]: tf.TensorInfo },
  attributes: { axis?: number | number[]; keepDims?: boolean },
  backend: TensorflowBackend,
) => tf.TensorInfo;

/** Replaces them in TensorFlow.js's registry. Call it once, after tfjs-node's are registered. */
export function correctKernels(): void {
  for (const [kernelName, kernel] of Object.entries({ Mean: mean, Round: round })) {
    tf.unregisterKernel(kernelName, 'tensorflow');
    tf.registerKernel({
      kernelName,
      backendName: 'tensorflow',
      kernelFunc: ({ inputs, attrs, backend }) =>
        kernel(inputs as Parameters<Kernel>[0], attrs as Parameters<Kernel>[1], backend as TensorflowBackend),
    });
  }
}

/** tfjs-node casts to float32 and then states the type before the cast. */
const mean: Kernel = ({ x }, { axis, keepDims }, backend) => {
  const axes = tf.tensor1d(tf.util.parseAxisParam(axis as number, x!.shape), 'int32');
  const asFloat = tf.cast(x as tf.Tensor, 'float32');
  const result = backend.executeSingleOutput('Mean', backend.createReductionOpAttrs(asFloat, keepDims), [
    asFloat,
    axes,
  ]);
  asFloat.dispose();
  axes.dispose();
  return result;
};

/** TensorFlow 2.21 rounds whole numbers to 0 on the CPU (its Python API never asks it to). */
const round: Kernel = ({ x }, _, backend) =>
  x!.dtype === 'int32' ? tf.clone(x as tf.Tensor) : backend.executeSingleInput('Round', x as tf.Tensor);
