/** One compiled training step: forward, backward, clipping by global norm, AdamW; traced once for each shape. */
import type { TaskOutput } from '@foldwise/heads';
import {
  AdamW,
  compile,
  tf,
  trainWith,
  withPrecision,
  type CompileOptions,
  type FunctionProfile,
  type Precision,
} from '@foldwise/tensorflow';
import { applyModel, batchTensors } from './batch-tensors.ts';
import type { LabelledBatch } from './labelled-batch.ts';

export interface TrainStepOptions {
  /** Inputs by name (`batchTensors`) to logits. */
  model: tf.LayersModel;
  output: TaskOutput;
  weightDecay: number;
  clipNorm: number;
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

/** Biases and norms do not decay, as in BERT. */
const undecayed = /(bias|gamma|beta)$/;

export function trainStep({
  model,
  output,
  weightDecay,
  clipNorm,
  seed,
  precision = 'fp32',
  onTrace,
  xla = false,
}: TrainStepOptions): TrainStep {
  const weights = model.trainableWeights;
  const variables = weights.map((weight) => weight.read() as tf.Variable);
  const decays = new Set(
    weights.flatMap(({ originalName }, i) => (undecayed.test(originalName) ? [] : [variables[i]!])),
  );
  const optimizer = new AdamW({
    weightDecay,
    clipNorm,
    parameter: (variable) => (decays.has(variable) ? {} : { decay: 0 }),
  });
  optimizer.build(variables);
  const step = compile(
    ({ labels, weights, ...inputs }: tf.NamedTensorMap, key: tf.Tensor) => {
      const { value, grads } = withPrecision(precision, () =>
        tf.variableGrads(
          () =>
            trainWith(key as tf.Tensor1D, () => {
              const logits = applyModel(model, inputs) as tf.Tensor2D;
              // Several samples of dropout are several times the rows; the mean over all is the mean of their losses.
              const samples = logits.shape[0] / labels!.shape[0];
              const repeated = (x: tf.Tensor) =>
                samples === 1 ? x : x.tile(x.shape.map((_, axis) => (axis === 0 ? samples : 1)));
              return output.loss(logits, repeated(labels!) as tf.Tensor2D, repeated(weights!) as tf.Tensor1D);
            }),
          variables,
        ),
      );
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
