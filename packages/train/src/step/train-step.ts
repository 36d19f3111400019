/** One compiled training step: forward, backward, clipping by global norm, AdamW; traced once for each shape. */
import type { TaskOutput } from '@foldwise/heads';
import {
  AdamW,
  compile,
  parameterOf,
  tf,
  variableOf,
  type CompileOptions,
  type FunctionProfile,
  type Precision,
} from '@foldwise/tensorflow';
import { batchTensors } from '../batches/batch-tensors.ts';
import type { LabelledBatch } from '../batches/labelled-batch.ts';
import { plainSettings, type ParameterSettings } from './parameter-settings.ts';
import { backward, forward, type BatchTensors } from './parts.ts';

export interface TrainStepOptions {
  /** Inputs by name (`batchTensors`) to logits. */
  model: tf.LayersModel;
  output: TaskOutput;
  weightDecay: number;
  clipNorm: number;
  /** Of each weight (default: all learn alike, and those decay that say so). */
  parameter?: ParameterSettings;
  /** Of the dropout masks. */
  seed: number;
  /** Of the model and its gradient (default fp32). */
  precision?: Precision;
  onTrace?: CompileOptions['onTrace'];
  /** Whether XLA compiles the step (default false), without our kernels: for GPUs. */
  xla?: boolean;
}

export interface TrainStep {
  /** Updates the model on a batch. `step` counts from 0. Resolves to the batch's mean loss before the update. */
  run: (batch: LabelledBatch, step: number, learningRate: number) => Promise<number>;
  /** How long each operation of a step on this batch takes; updates nothing. */
  profile: (batch: LabelledBatch) => FunctionProfile;
  /** Its state, with the model's weights, is all that later steps depend on. */
  optimizer: AdamW;
  dispose: () => void;
}

export function trainStep({
  model,
  output,
  weightDecay,
  clipNorm,
  parameter = plainSettings,
  seed,
  precision = 'fp32',
  onTrace,
  xla = false,
}: TrainStepOptions): TrainStep {
  const variables = model.trainableWeights.map(variableOf);
  const optimizer = new AdamW({
    weightDecay,
    clipNorm,
    parameter: (variable) => parameter(parameterOf(variable)),
  });
  optimizer.build(variables);
  const gradients = backward(forward(model, output), variables, precision);
  const step = compile(
    (batch: BatchTensors, key: tf.Tensor) => {
      const { value, grads } = gradients(batch, key as tf.Tensor1D);
      optimizer.applyGradients(grads);
      return value;
    },
    { name: 'training step', onTrace, maxVariants: 128, xla },
  );
  const inputsOf = (batch: LabelledBatch, number: number) =>
    [
      {
        ...batchTensors(model, batch),
        labels: tf.tensor2d(batch.labels, [batch.size, output.labels]),
        weights: tf.tensor1d(batch.weights),
      },
      tf.tensor1d([seed | 0, number], 'int32'),
    ] as const;
  return {
    run: async (batch, number, rate) => {
      const inputs = inputsOf(batch, number);
      optimizer.learningRate = rate;
      try {
        const loss = await step.async(...inputs);
        const [value] = await loss.data();
        loss.dispose();
        return value!;
      } finally {
        tf.dispose([...inputs]);
      }
    },
    profile: (batch) => {
      const inputs = inputsOf(batch, 0);
      try {
        return step.profile(...inputs);
      } finally {
        tf.dispose([...inputs]);
      }
    },
    optimizer,
    dispose: () => {
      step.dispose();
      optimizer.dispose();
    },
  };
}
