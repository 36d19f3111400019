/** The model of one fold: encoder, pooling head and a linear output, as one functional tfjs model. */
import type { LoadedEncoder } from '@foldwise/encoders';
import type { Head, TaskOutput } from '@foldwise/heads';
import { tf } from '@foldwise/tensorflow';
import { headInputs } from './head-inputs.ts';

export interface TextModelOptions {
  encoder: LoadedEncoder;
  head: Head;
  output: TaskOutput;
  /** Seed of the output's kernel and of what the head adds. */
  seed: number;
  /** Start of the output's bias: what a model without text would answer, so that training starts from there. */
  bias: Float32Array;
}

/** Inputs: ids and mask, int32 [batch, tokens]. Output: logits [batch, outputs]. */
export function textModel({ encoder, head, output, seed, bias }: TextModelOptions): tf.LayersModel {
  const pooled = head.apply(headInputs(encoder, seed), 'head');
  // PyTorch's start of a linear layer: uniform within the root of the number of inputs.
  const limit = 1 / Math.sqrt(pooled.shape.at(-1)!);
  const linear = tf.layers.dense({
    name: 'output',
    units: output.outputs,
    kernelInitializer: tf.initializers.randomUniform({ minval: -limit, maxval: limit, seed }),
  });
  const logits = linear.apply(pooled) as tf.SymbolicTensor;
  const [, biasVariable] = linear.weights;
  tf.tidy(() => {
    biasVariable!.write(tf.tensor1d(bias));
  });
  return tf.model({ inputs: encoder.model.inputs, outputs: logits, name: 'text_model' });
}
