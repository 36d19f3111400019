/** The model of one fold: encoder, pooling head and the output's layers, as one functional tfjs model. */
import type { LoadedEncoder } from '@foldwise/encoders';
import { linearOutput, outputLayers, type Head, type OutputSettings, type TaskOutput } from '@foldwise/heads';
import { tf } from '@foldwise/tensorflow';
import { headInputs } from './head-inputs.ts';

export interface TextModelOptions {
  encoder: LoadedEncoder;
  head: Head;
  /** Of the layers between the head and the logits (default: a linear one). */
  settings?: OutputSettings;
  output: TaskOutput;
  /** Seed of what the head and the output add. */
  seed: number;
  /** Start of the output's bias: what a model without text would answer, so that training starts from there. */
  bias: Float32Array;
}

/**
 * Inputs: the encoder's. Output: logits [batch, outputs]; in training [samples * batch, outputs],
 * the rows repeated, where the settings ask for several samples.
 */
export function textModel({
  encoder,
  head,
  settings = linearOutput,
  output,
  seed,
  bias,
}: TextModelOptions): tf.LayersModel {
  const pooled = head.apply(headInputs(encoder, seed), 'head');
  const { outputs } = output;
  const logits = outputLayers(pooled, { settings, outputs, seed, bias });
  return tf.model({ inputs: encoder.model.inputs, outputs: logits, name: 'text_model' });
}
