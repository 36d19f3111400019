/** What stands between a text's vector and its logits: dropout, hidden layers, and the linear output. */
import { tf } from '@foldwise/tensorflow';
import { HiddenLayer, type Activation } from './hidden-layer.ts';
import { uniformStart } from '../uniform-start.ts';
import { SampleDropout } from './sample-dropout.ts';

/** As a pipeline's `output` says. */
export interface OutputSettings {
  /** Units of each hidden layer, the first one next to the pooling. */
  hidden: number[];
  /** Of the hidden layers. */
  activation: Activation;
  /** Share of features dropped in training before each of the layers, hidden ones and output. */
  dropout: number;
  /** Dropout masks of each row in a step; the loss is the mean of theirs. */
  samples: number;
}

/** Nothing but the linear output. */
export const linearOutput: OutputSettings = { hidden: [], activation: 'gelu', dropout: 0, samples: 1 };

export interface OutputLayersOptions {
  settings: OutputSettings;
  /** Columns of the logits. */
  outputs: number;
  /** Of the kernels' start. */
  seed: number;
  /** Start of the output's bias: [outputs]. */
  bias: Float32Array;
}

/**
 * Adds the layers to a functional model. pooled: [batch, features]; result: logits [batch, outputs], in training
 * [samples * batch, outputs], as `SampleDropout` repeats rows.
 */
export function outputLayers(
  pooled: tf.SymbolicTensor,
  { settings, outputs, seed, bias }: OutputLayersOptions,
): tf.SymbolicTensor {
  const { hidden, activation, dropout, samples } = settings;
  const drop = (x: tf.SymbolicTensor, i: number) =>
    dropout === 0
      ? x
      : (new SampleDropout({
          name: `output_dropout_${i}`,
          rate: dropout,
          samples: i === 0 ? samples : 1, // Later layers see the repeated rows, and give each a mask anyway.
        }).apply(x) as tf.SymbolicTensor);
  let x = pooled;
  hidden.forEach((units, i) => {
    const layer = new HiddenLayer({ name: `output_hidden_${i}`, units, activation, seed: seed + 1 + i });
    x = layer.apply(drop(x, i)) as tf.SymbolicTensor;
  });
  const linear = tf.layers.dense({
    name: 'output',
    units: outputs,
    kernelInitializer: uniformStart(x.shape.at(-1)!, seed),
  });
  const logits = linear.apply(drop(x, hidden.length)) as tf.SymbolicTensor;
  const [, biasVariable] = linear.weights;
  tf.tidy(() => {
    biasVariable!.write(tf.tensor1d(bias));
  });
  return logits;
}
